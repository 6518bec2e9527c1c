// heard-stages times the stages of heard, and shows what they find so that it can be compared with
// what other programs find. Benchmarks/stages and Benchmarks/rivals run it.
import Glibc

let usage = """
  usage: heard-stages stages MESSAGES.jsonl LEXICONS POLICY [ROUNDS]
         heard-stages keywords MESSAGES.txt KEYWORDS LANGUAGES
         heard-stages bodies LIST-OF-MAILS BODIES
  """

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch (arguments.first, arguments.count) {
  case ("stages", 4...5):
    let rounds = arguments.count > 4 ? Int(arguments[4]) ?? 5 : 5
    try StageTimes(messages: arguments[1], lexicons: arguments[2], policy: arguments[3])
      .report(rounds: max(1, rounds))
  case ("keywords", 4):
    try KeywordCount.report(texts: arguments[1], keywords: arguments[2], languages: arguments[3])
  case ("bodies", 3):
    try MailBodies.report(list: arguments[1], output: arguments[2])
  default:
    throw BenchmarkError(usage)
  }
} catch {
  Input.complain("heard-stages: \(error)\n")
  exit(70)
}
