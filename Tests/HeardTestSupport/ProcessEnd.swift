public import Foundation

extension Process {
  /// Waits for the end; the status, or minus the signal that ended it.
  ///
  /// Not `waitUntilExit` alone: Foundation waits for a socket to close that the child holds, and a
  /// child that another test starts at the same moment may hold it too, for as long as it lives.
  public func end() -> Int32 {
    let child = processIdentifier
    var status: Int32 = 0
    while true {
      let ended = unsafe waitpid(child, &status, 0)
      if ended == child {
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : -signal
      }
      if errno == EINTR { continue }
      // Foundation was faster.
      waitUntilExit()
      return terminationReason == .exit ? terminationStatus : -terminationStatus
    }
  }
}
