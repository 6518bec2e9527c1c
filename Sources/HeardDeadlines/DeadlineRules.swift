public import HeardLexicon
internal import HeardSources

/// One clock that runs for one message.
public struct DeadlineClock: Hashable, Sendable {
  /// What is due.
  public enum Step: String, CaseIterable, Sendable {
    /// To confirm that the complaint is in.
    case acknowledge
    /// To answer it.
    case answer
  }

  /// The binding that started it.
  public var binding: String
  /// The regime.
  public var regime: String
  /// What is due.
  public var step: Step
  /// The last second in time, since 1970 in UTC: 23:59:59 of the last day by the local clocks.
  public var due: Int64
  /// The last day.
  public var day: CivilDate
  /// The same when the extension is used and the customer told; nil when there is none.
  public var extended: Int64?
  /// Whose clocks.
  public var clock: LocalClock
  /// Since when somebody should be reminded, earliest first; seconds since 1970 in UTC.
  public var reminders: [Int64]
  /// What counts as in time.
  public var meetsBy: Regime.Meets
  /// What follows when nobody answers.
  public var onSilence: String
  /// How sure the row is.
  public var confidence: Regime.Confidence
}

/// Regimes and the bindings of an operator: from them and a time of receipt, what is due when.
///
/// All arithmetic is here and pure: no clock is read, and the machine's time zone does not matter.
public struct DeadlineRules: Hashable, Sendable {
  /// Rows.
  public var regimes: [Regime]
  /// What the operator bound to them.
  public var bindings: [DeadlineBinding]
  /// Days off that calendars do not compute.
  public var extraHolidays: [HolidayCalendar: Set<CivilDate>]
  /// `sha256:…` of the files.
  public var digest: String

  /// The clocks that run for a message, the earliest first.
  ///
  /// - Parameter received: seconds since 1970, UTC.
  public func clocks(
    recipients: [String], queue: String, messageClass: MessageClass, received: Int64
  ) -> [DeadlineClock] {
    var clocks: [DeadlineClock] = []
    for binding in bindings {
      guard binding.classes.contains(messageClass.rawValue),
        binding.queues.isEmpty || binding.queues.contains(queue),
        binding.recipients.isEmpty
          || recipients.contains(where: { address in
            binding.recipients.contains { $0.matches(address) }
          })
      else { continue }
      for id in binding.regimes {
        // Two bindings that name a regime start one clock.
        guard !clocks.contains(where: { $0.regime == id }) else { continue }
        clocks += self.clocks(of: id, binding, received: received)
      }
    }
    return clocks.sorted {
      ($0.due, $0.regime, $0.step.rawValue) < ($1.due, $1.regime, $1.step.rawValue)
    }
  }

  /// How soon somebody should look, seeing the earliest clock: at least `high` when two days or
  /// fewer are left, `urgent` when one or none.
  ///
  /// - Parameter now: seconds since 1970, UTC.
  public static func priority(_ base: Priority, _ clocks: [DeadlineClock], now: Int64) -> Priority {
    guard let earliest = clocks.min(by: { $0.due < $1.due }) else { return base }
    let left = earliest.day.dayNumber - earliest.clock.day(at: now).dayNumber
    let byClock: Priority = left <= 1 ? .urgent : left <= 2 ? .high : .low
    let order = Priority.allCases
    guard let one = order.firstIndex(of: base), let other = order.firstIndex(of: byClock) else {
      return base
    }
    return order[min(one, other)]
  }

  private func clocks(
    of id: String, _ binding: DeadlineBinding, received: Int64
  ) -> [DeadlineClock] {
    // The zone says which day it was, and the day which row held: rows of an id share a zone or
    // the binding gives one, which the reader has checked.
    for row in regimes where row.id == id {
      guard let clock = binding.zone ?? row.zone else { continue }
      let day = clock.day(at: received)
      guard row.isValid(on: day) else { continue }
      return [(DeadlineClock.Step.acknowledge, row.acknowledge), (.answer, row.final)].compactMap {
        step, span in
        span.map { self.clock(step, $0, row, binding, clock, from: day) }
      }
    }
    return []
  }

  private func clock(
    _ step: DeadlineClock.Step, _ span: TimeSpan, _ row: Regime, _ binding: DeadlineBinding,
    _ clock: LocalClock, from received: CivilDate
  ) -> DeadlineClock {
    let calendar = binding.calendar ?? row.calendar
    let days = HolidayCounting(calendar, extra: extraHolidays[calendar] ?? [])
    let daysOff = binding.daysOff ?? row.daysOff
    func moved(_ day: CivilDate) -> CivilDate {
      daysOff == .extend && days.isDayOff(day) ? days.nextBusinessDay(after: day) : day
    }
    var start = received
    if row.clockStart == .businessReceipt, days.isDayOff(start) {
      start = days.nextBusinessDay(after: start)
    }
    let plain = span.lastDay(from: start, calendar: days)
    let last = moved(plain)
    var extended: CivilDate?
    if step == .answer, let extending = row.extending {
      switch extending {
      case .total(let span): extended = moved(span.lastDay(from: start, calendar: days))
      // Counted from the day that the first term ended on paper, or a holiday would count twice.
      case .more(let span): extended = moved(span.lastDay(from: plain, calendar: days))
      }
    }
    return DeadlineClock(
      binding: binding.id, regime: row.id, step: step, due: clock.end(of: last), day: last,
      extended: extended.map(clock.end), clock: clock,
      reminders: Set(binding.remind.map { clock.start(of: $0.before(last, calendar: days)) })
        .sorted(),
      meetsBy: row.meetsBy, onSilence: row.onSilence, confidence: row.confidence)
  }
}
