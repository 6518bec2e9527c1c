internal import Heard
internal import HeardThemes

/// How a report was made, at its end.
struct ReportNotes {
  let figures: ReportFigures

  var html: String {
    var notes: [String] = []
    let volumes = figures.volumes
    if figures.themeSource != .none {
      notes.append(
        "“More than elsewhere” is an odds ratio: the odds that a voice with the tag raises the theme, "
          + "over the odds that one without it does, from log-odds with an informative prior; in "
          + "brackets its 95 % interval, on a scale of 1 to 64. Themes are shown when at most "
          + "\(Text.percent(figures.settings.falseShare)) of what is shown would be so by chance "
          + "(Benjamini and Hochberg).")
      notes.append(
        "Trends are of the theme’s share of all voices in its language, so that a busy "
          + "\(figures.calendar.unit.rawValue) is no trend. “New” is what nobody raised before the "
          + "last quarter of the time. Trends are corrected for how many were looked at, too. "
          + "Intervals are for one theme at a time.")
    }
    if figures.themeSource == .messages {
      notes.append(
        figures.isRevealed
          ? "Names, numbers and addresses are shown as they were written: handle this page as "
            + "the messages themselves."
          : "In examples, tokens such as «PHONE:7f3a» stand for what names somebody. A story can still "
            + "give its teller away. Words that are mostly written with a capital inside "
            + "sentences are taken for names and are no themes.")
    }
    if figures.unheard.withoutSender > 0 {
      notes.append(
        "\(Text.number(figures.unheard.withoutSender)) messages name no sender and are in no theme: "
          + "nobody can say whether they come from one person.")
    }
    if figures.countsUnnamed, figures.themeSource != .none {
      notes.append("Messages that name no sender count as one of somebody else each.")
    }
    if figures.unheard.withoutID > 0 {
      notes.append(
        "\(Text.number(figures.unheard.withoutID)) messages have no id and are in no theme.")
    }
    if volumes.leftOut > 0 {
      notes.append(
        "\(Text.number(volumes.leftOut)) records were sent before or after the time reported on, or "
          + "say not when, and are left out.")
    }
    notes.append(
      "There are no figures about employees here, and none can be made of these: who is right, and "
        + "who is to blame, is not what is measured.")
    var html = "<footer>\n<h2>How to read this</h2>\n<ul>\n"
    for note in notes { html += "<li>\(Markup.escaped(note))</li>\n" }
    html += "</ul>\n<p>"
    html += "heard \(list(volumes.versions)); lexicons \(list(volumes.lexicons)); "
    html += "policy \(list(volumes.policies)).</p>\n</footer>\n"
    return html
  }

  private func list(_ names: Set<String>) -> String {
    let known = names.filter { !$0.isEmpty }.sorted()
    guard !known.isEmpty else { return "not named" }
    return known.map { "<code>\(Markup.escaped(String($0.prefix(23))))</code>" }
      .joined(separator: ", ")
  }
}
