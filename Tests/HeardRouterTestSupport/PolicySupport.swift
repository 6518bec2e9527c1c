internal import HeardClassifier
package import HeardLexicon
package import HeardMail
package import HeardRouter
package import HeardSources
package import HeardText

/// Reads a policy of several files; `main.yaml` is the policy's own.
package func readPolicy(_ files: [String: String]) throws(PolicyError) -> Policy {
  try Policy.read(file: "main.yaml", text: files["main.yaml"] ?? "") {
    (path: String) throws(PolicyFileError) -> String in
    guard let text = files[path] else { throw PolicyFileError("no such file") }
    return text
  }.policy
}

/// A policy with queues a, b and z around some lines of YAML.
package func policyFile(_ lines: String) -> String {
  "policy: heard/1\nstrategy: first\nqueues: {a: x, b: y, z: rest}\nfallback: {queue: z}\n" + lines
}

/// Facts of a message with the properties named.
package func facts(
  class messageClass: MessageClass = .complaint, anger: Int = 0, tags: [EvidenceKind] = [],
  signals: [EvidenceKind] = [], language: Language = .dutch, sentiment: Double = 0,
  sender: String = "klant@example.nl", recipients: [String] = [], headers: [HeaderField] = [],
  scores: [Double] = [0.9, 0, 0, 0, 0], automatic: AutomaticKind? = nil,
  zones: ZoneSet = ZoneSet(.own), thread: ThreadFacts? = nil, received: Int64? = nil
) -> Facts {
  var assessment = Assessment()
  assessment.messageClass = messageClass
  assessment.anger = anger
  assessment.tags = tags
  assessment.signals = signals
  assessment.language = language
  assessment.sentiment = sentiment
  assessment.scores = scores
  var message = Message()
  message.sender = Mailbox(name: "", address: sender)
  message.recipients = recipients.map { Mailbox(name: "", address: $0) }
  message.headers = headers
  message.automatic = automatic
  var facts = Facts(
    assessment: assessment, message: message, thread: thread, received: received)
  facts.zones = zones
  return facts
}
