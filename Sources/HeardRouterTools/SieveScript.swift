internal import HeardDeadlines
public import HeardRouter
internal import HeardSources

/// A Sieve script (RFC 5228) that files mails by the header fields that `heard filter` adds.
///
/// The queue was decided by heard and stands in `X-Heard-Queue`; the script decides nothing anew. It
/// believes these fields, so it must run where only heard can have written them: `heard filter`
/// removes those that a mail brings along.
public struct SieveScript: Sendable {
  /// What comes before the queue's name in a folder's name, as `Heard/`.
  public var folderPrefix: String
  /// Whether folders that are missing are made (RFC 5490).
  public var createsFolders: Bool
  /// Whether mails of the priorities `urgent` and `high` are flagged (RFC 5232).
  public var flagsPriority: Bool

  /// Makes a way of writing scripts.
  public init(
    folderPrefix: String = "Heard/", createsFolders: Bool = true, flagsPriority: Bool = true
  ) {
    self.folderPrefix = folderPrefix
    self.createsFolders = createsFolders
    self.flagsPriority = flagsPriority
  }

  /// The script for the queues of a policy.
  ///
  /// - Parameter name: names the policy in a comment.
  public func text(_ policy: Policy, name: String) -> String {
    let extensions =
      ["fileinto"] + (createsFolders ? ["mailbox"] : []) + (flagsPriority ? ["imap4flags"] : [])
    var script = """
      # Files mails by the fields that `heard filter` adds; let it run before this script.
      # Made by `heard policy sieve` from \(SieveScript.comment(name)), \(policy.digest).
      require [\(extensions.map(SieveScript.quoted).joined(separator: ", "))];


      """
    if flagsPriority {
      script += """
        # What somebody should see soon.
        if header :is "X-Heard-Priority" ["urgent", "high"] {
          addflag "\\\\Flagged";
        }


        """
    }
    for (place, queue) in policy.queues.enumerated() {
      let description = SieveScript.comment(queue.description)
      if !description.isEmpty { script += "# \(description)\n" }
      script += place == 0 ? "if" : "elsif"
      script += " header :is \"X-Heard-Queue\" \(SieveScript.quoted(queue.name)) {\n"
      script += file(into: queue.name) + "}\n"
    }
    script += """
      # heard saw it and could not judge it, or an older policy named a queue that is gone.
      elsif exists "X-Heard-Status" {
      \(file(into: policy.fallbackQueue))}
      # Without fields of heard the mail stays where it is.

      """
    return script
  }

  private func file(into queue: String) -> String {
    let create = createsFolders ? ":create " : ""
    return "  fileinto \(create)\(SieveScript.quoted(folderPrefix + queue));\n  stop;\n"
  }

  /// A string of the script.
  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing(scalar: "\\", with: "\\\\").replacing(scalar: "\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  /// A comment must not end on its line, or the rest would be script.
  private static func comment(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
