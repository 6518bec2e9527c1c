import HeardSources
import HeardStaff
import HeardTestSupport
import Testing

/// Reading of the file, and who is above whom.
@Suite struct StaffDirectoryTests {
  @Test func aSheetIsADirectory() throws {
    let (directory, warnings) = try StaffDirectory.read(
      file: "staff.csv",
      text: """
        id;name;aliases;role;team;manager;gender;leads;queue
        7;Kowalska, Anna;;konsultantka;counter;9;f;;
        8;"van den Berg, Jan";"Jan Berg;J. Berg";monteur;counter;;;;
        9;Tomasz Zając;;;;10;m;counter;staff-counter
        10;Maria van Dijk;;;;;;;

        """)
    #expect(directory.people.map(\.id) == ["7", "8", "9", "10"])
    #expect(directory.people[1].aliases == ["Jan Berg", "J. Berg"])
    #expect(directory.team(of: "7")?.lead == "9")
    #expect(directory.team(of: "7")?.queue == "staff-counter")
    #expect(directory.superiors(of: "7") == ["9", "10"])
    #expect(warnings.map(\.location.line) == [5], "nobody is above the last")
    let mentions = StaffMatcher(directory).mentions(in: Array("Mevrouw Kowalska, Jan Berg".utf8))
    #expect(mentions.flatMap(\.people) == ["7", "8"])
  }

  struct Taker: Sendable {
    let people: [String]
    let assignee: String?
  }

  @Test(arguments: [
    Taker(people: ["anna"], assignee: "lead"),
    Taker(people: ["anna", "nowak"], assignee: "lead"),
    Taker(people: ["lead"], assignee: "head"),
    Taker(people: ["anna", "lead"], assignee: "head"),
    Taker(people: ["anna", "berg"], assignee: "head"),
    Taker(people: ["head"], assignee: nil),
    Taker(people: ["nobody"], assignee: nil),
    Taker(people: [], assignee: nil),
  ]) func whoTakesTheCase(taker: Taker) throws {
    #expect(try firm().assignee(for: taker.people) == taker.assignee)
  }

  /// However the file is drawn, nobody gets the case about themselves.
  @Test func neverThePersonComplainedOf() throws {
    var generator = SeededGenerator(seed: 0x5EED)
    for _ in 0..<200 {
      let count = Int.random(in: 1...6, using: &generator)
      var text = "staff: heard/1\nteams:\n"
      for team in 0..<2 {
        text += "- {id: t\(team), lead: p\(Int.random(in: 0..<count, using: &generator))}\n"
      }
      text += "people:\n"
      for person in 0..<count {
        text += "- {id: p\(person), name: Jan Klaas\(person), team: t\(person % 2)"
        if Bool.random(using: &generator) {
          text += ", manager: p\(Int.random(in: 0..<count, using: &generator))"
        }
        text += "}\n"
      }
      text = text.replacing("Klaas0", with: "Nul").replacing("Klaas1", with: "Een")
        .replacing("Klaas2", with: "Twee").replacing("Klaas3", with: "Drie")
        .replacing("Klaas4", with: "Vier").replacing("Klaas5", with: "Vijf")
      let directory = try StaffDirectory.read(file: "s.yaml", text: text).directory
      for person in directory.people {
        #expect(!directory.superiors(of: person.id).contains(person.id))
        let other = directory.people.randomElement(using: &generator)?.id ?? person.id
        if let taker = directory.assignee(for: [person.id, other]) {
          #expect(taker != person.id && taker != other)
        }
      }
    }
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let file: String
    let text: String
    let says: String
    var testDescription: String { says }
  }

  @Test(arguments: [
    Mistake(file: "s.yaml", text: "people: []", says: "does not say its version"),
    Mistake(file: "s.yaml", text: "staff: heard/1\npeple: []", says: "did you mean 'people'"),
    Mistake(
      file: "s.yaml", text: "staff: heard/1\npeople:\n- {id: a}",
      says: "s.yaml:3:3: error: no 'name'"),
    Mistake(
      file: "s.yaml", text: "staff: heard/1\npeople:\n- {id: a, name: B C}\n- {id: a, name: D E}",
      says: "a second person 'a'"),
    Mistake(
      file: "s.yaml", text: "staff: heard/1\npeople:\n- {id: a, name: B C, team: x}",
      says: "unknown team 'x'"),
    Mistake(
      file: "s.yaml", text: "staff: heard/1\npeople:\n- {id: a, name: \"???\"}",
      says: "has no word in it"),
    Mistake(file: "s.csv", text: "id,nme\n1,A B\n", says: "did you mean 'name'"),
    Mistake(file: "s.csv", text: "id,name\n,A B\n", says: "s.csv:2:1: error: the row has no id"),
    Mistake(file: "s.csv", text: "id,name\n1,\"A B\n", says: "not closed"),
    Mistake(file: "s.csv", text: "", says: "an empty sheet"),
  ]) func mistakesAreNamedWithTheirPlace(mistake: Mistake) throws {
    let error = try #require(throws: PolicyError.self) {
      try StaffDirectory.read(file: mistake.file, text: mistake.text)
    }
    #expect(error.description.contains(mistake.says), "\(error)")
  }
}
