internal import ArgumentParser
internal import HeardDeadlines
internal import HeardRouter
internal import HeardRouterTools

/// `heard policy sieve`: a Sieve script for a policy's queues.
struct PolicySieveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sieve",
    abstract: "Write a Sieve script that files mails by the fields of `heard filter`.",
    discussion: """
      Examples:
        heard policy sieve > heard.sieve
        heard policy sieve new.yaml --folder-prefix INBOX.heard.
        heard policy sieve --no-create --no-flag

      The script reads X-Heard-Queue, X-Heard-Priority and X-Heard-Status (RFC 5228 with fileinto, \
      mailbox and imap4flags). It believes them: let `heard filter` run before it, which removes \
      those that a mail brings along. Try it with `sieve-test heard.sieve mail.eml`.
      """)

  @Option(help: "What comes before the queue in a folder's name.")
  var folderPrefix = "Heard/"

  @Flag(inversion: .prefixedNo, help: "Make folders that are missing.")
  var create = true

  @Flag(inversion: .prefixedNo, help: "Flag mails of the priorities urgent and high.")
  var flag = true

  @Argument(help: "Policy file; none is the one that would be used.", completion: .file())
  var file: String?

  func validate() throws {
    guard folderPrefix.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw ValidationError("--folder-prefix holds a control character")
    }
  }

  func run() throws {
    var options = PipelineOptions()
    options.lexicons = nil
    options.policy = file
    let script = SieveScript(
      folderPrefix: folderPrefix, createsFolders: create, flagsPriority: flag)
    try Terminal.write(
      script.text(try options.readPolicy().policy, name: try options.policyPath()))
  }
}
