internal import ArgumentParser
internal import Glibc

/// When to colour.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never
}

/// Colours of the terminal, or none.
struct Style {
  /// What a piece of text is.
  enum Role {
    case strong
    case faint
    case good
    case bad
    case warm
    case cool
  }

  let isColoured: Bool

  /// Colours when asked, or on a terminal unless `NO_COLOR` is set.
  init(_ choice: ColourChoice) {
    switch choice {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      isColoured =
        isatty(1) == 1 && Terminal.environment("NO_COLOR") == nil
        && Terminal.environment("TERM") != "dumb"
    }
  }

  /// The text in the colour of its role.
  func paint(_ text: String, _ role: Role) -> String {
    guard isColoured, !text.isEmpty else { return text }
    let code =
      switch role {
      case .strong: "1"
      case .faint: "2"
      case .good: "32"
      case .bad: "1;31"
      case .warm: "33"
      case .cool: "36"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
