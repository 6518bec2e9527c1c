import Glibc
import HeardBatch
import HeardMail

/// Reads mails and writes a fingerprint of each one's text, for comparison with other readers.
enum MailBodies {
  /// Reads the names of mails, one a line; writes a fingerprint a line and prints the CPU time.
  static func report(list: String, output: String) throws {
    let names = try Input.bytes(list)
    let reader = MailReader()
    var text = ""
    var bytes = 0
    var seconds = 0.0
    let lines = Input.lines(names)
    for line in lines {
      let started = threadSeconds()
      let mail = try Input.bytes(String(decoding: names[line], as: UTF8.self))
      let message: Message
      do throws(MailError) {
        message = try reader.read(mail)
      } catch {
        throw BenchmarkError("a mail cannot be read: \(error.message)")
      }
      seconds += threadSeconds() - started
      bytes += mail.count
      var print = Fingerprint()
      print.add(visible(message.parts.last?.bytes ?? []))
      text += String(print.value, radix: 16) + "\n"
    }
    try Input.write(text, to: output)
    Input.say("{\"mails\":\(lines.count),\"bytes\":\(bytes),\"seconds\":\(seconds)}\n")
  }

  /// Without white space, which readers treat differently at line ends.
  private static func visible(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 > 0x20 } }
}
