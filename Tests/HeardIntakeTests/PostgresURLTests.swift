import Testing

@testable import HeardIntake

/// Errors go into logs and into what mail servers send on: no password is in them.
@Suite struct PostgresURLTests {
  /// URLs whose password has `xyzzy` and `plugh` in it, and nobody at the other end.
  @Test(arguments: [
    "postgresql://heard:xyzzy%plugh@127.0.0.1:1/heard",
    "postgresql://heard:xyzzy%00plugh@127.0.0.1:1/heard",
    "postgresql://heard:xyzzy/plugh@127.0.0.1:1/heard",
    "postgresql://heard:12/xyzzyplugh@127.0.0.1:1/heard",
    "postgresql://heard:xyzzy@plugh@127.0.0.1:1/heard",
    "postgresql://heard:xyzzy@plugh:1@127.0.0.1:1/heard",
    "postgresql://heard:xyzzy@plugh/1@127.0.0.1:1/heard",
    "postgresql://heard:xyzzyplugh",
    "postgresql://heard:xyzzy?plugh@127.0.0.1:1/heard",
    "postgresql://heard:xyzzy%25plugh@127.0.0.1:1/heard",
    "postgresql://heard@127.0.0.1:1/heard?password=xyzzy@plugh",
    "postgresql://heard@127.0.0.1:1/heard?password=xyzzy&plugh=1",
    "postgresql:heard:xyzzyplugh@127.0.0.1:1/heard",
    "postgres://heard:xyzzy%plugh@127.0.0.1:1/heard",
    "POSTGRESQL://heard:xyzzyplugh@127.0.0.1:1/heard",
    "mysql://heard:xyzzyplugh@127.0.0.1/heard",
  ])
  func noPasswordInErrors(_ url: String) {
    let error = #expect(throws: IntakeError.self) {
      try Ledgers.open(url, creates: false, patience: 100)
    }
    let text = error?.description ?? ""
    #expect(!text.contains("xyzzy") && !text.contains("plugh"), "\(text)")
    #expect(!text.isEmpty)
  }

  @Test func aPasswordThatBreaksTheURLIsSaidToDoSo() {
    guard PostgresServer.shared != nil else { return }
    for password in ["a%b", "a/b", "a@b"] {
      let error = #expect(throws: IntakeError.self) {
        try Ledgers.open("postgresql://heard:\(password)@127.0.0.1:1/heard", patience: 100)
      }
      #expect(error?.description.contains("write % as %25") == true, "\(error?.description ?? "")")
    }
    // And one that does not is not: the server is away.
    for password in ["", ":a%25b", ":a:b#c", ":a%40b%2F"] {
      let error = #expect(throws: IntakeError.self) {
        try Ledgers.open("postgresql://heard\(password)@127.0.0.1:1/heard", patience: 100)
      }
      #expect(error?.description.contains("write % as %25") == false)
      #expect(error?.place == "postgresql://127.0.0.1:1/heard")
    }
  }

  @Test(arguments: [
    ("postgresql://heard@db/heard", "postgresql://db/heard"),
    ("postgresql://heard:a@db:5432/heard?sslmode=require", "postgresql://db:5432/heard"),
    ("postgresql://db:5432/heard", "postgresql://db:5432/heard"),
    ("postgresql:///heard?host=/run/postgresql", "postgresql:///heard"),
    ("postgresql://heard:a", "postgresql:"),
  ])
  func whereItIs(_ url: String, _ place: String) {
    #expect(PostgresLedger.withoutPassword(url) == place)
  }
}
