import Foundation
import HeardBatch
import HeardReport
import Testing

/// The figures of one archive, as they were looked at and found right.
///
/// What is found is left in `NAME.failed` beside the file; read it before you rename it.
@Suite struct ReportGoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  @Test(arguments: ["figures.json", "volumes.csv", "themes.csv"]) func figures(
    _ name: String
  ) throws {
    let figures = try Made.figures(Made.archive(400, seed: 3), zone: "Europe/Warsaw")
    let found: [UInt8] =
      switch name {
      case "figures.json": ReportData.json(figures)
      case "volumes.csv": Array(ReportData.volumes(figures).utf8)
      default: Array(ReportData.themes(figures).utf8)
      }
    let file = Self.folder.appendingPathComponent(name)
    let expected = (try? Data(contentsOf: file)).map { [UInt8]($0) }
    let isSame = found == expected
    #expect(isSame, "see \(name).failed beside the file")
    if !isSame { try Data(found).write(to: file.appendingPathExtension("failed")) }
  }

  /// What comes from outside is text for a browser and for a spreadsheet.
  @Test func nothingIsRun() throws {
    let hostile = "=HYPERLINK(\"x\")</script><script>"
    var record = Made.record("m1")
    record.queue = hostile
    var failed = Made.record("m2")
    failed.errorCode = "+1"
    let figures = try Made.figures([record, failed])
    let hasTag = ReportPage(figures).html.contains("<script")
    #expect(!hasTag)
    let rows = ReportData.volumes(figures)
    #expect(rows.contains("\"'=HYPERLINK(\"\"x\"\")"))
    #expect(rows.contains(",'+1,"))
  }
}
