// Which parts of a mail are its text, and that text.
//
// - multipart/alternative: one of its texts, plain unless that is empty or a stub ("view this as
//   HTML"); so a hit never counts twice.
// - multipart/related: its first part, when that is a text. Others: every inline text.
// - message/rfc822: the enclosed text, in zone `forwarded`.
// - Anything else is listed as an attachment; but where a mail, or a message in it, has one part and
//   that is a text, it is read whatever its disposition says.
// Start reading at `BodyReader.read`.

/// Collects the body text of a mail with what is already known of its zones.
struct BodyReader {
  let tree: MailTree
  let nodes: [MailTree.Node]
  let limits: Limits
  var text = DraftText()
  var attachments: [Attachment] = []
  var repairs = Repairs()

  init(tree: MailTree, limits: Limits) {
    self.tree = tree
    self.limits = limits
    nodes = tree.nodes()
  }

  /// Reads the whole tree.
  mutating func read() {
    guard !nodes.isEmpty else { return }
    visit(0, zone: nil)
    if attachments.contains(where: { Self.isText($0.contentType) }), text.bytes.trimmed().isEmpty {
      repairs.note("no-text", "the only text is in attachments, which are not read")
    }
  }

  /// GMime nests at most 1,024 deep, so recursion is bounded.
  private mutating func visit(_ index: Int, zone: Zone?) {
    let node = nodes[index]
    switch node.kind {
    case .multipart:
      switch node.type {
      case "multipart/alternative": visitAlternative(node, zone: zone)
      case "multipart/related" where node.children.first.map({ kind($0) }) != .other:
        // The others are what the first one shows. Where that is a picture, texts are read as
        // anywhere: what `start` names is one of them.
        for (place, child) in node.children.enumerated() {
          if place == 0 { visit(child, zone: zone) } else { list(child) }
        }
      default:
        for child in node.children { visit(child, zone: zone) }
      }
    case .message:
      if !node.subject.isEmpty {
        var decoder = HeaderDecoder(limit: limits.headerValueBytes)
        let subject = unsafe node.subject.withUnsafeBufferPointer { raw in
          unsafe decoder.unfolded(raw)
        }
        if !text.bytes.isEmpty, text.bytes.last != 0x0A { text.append([0x0A], zone: zone) }
        text.append(decoder.decoded(subject), zone: .forwarded)
        text.append([0x0A], zone: .forwarded)
      }
      for child in node.children { visit(child, zone: .forwarded) }
    case .leaf:
      if let part = leafText(index) {
        append(part, zone: zone)
      } else {
        list(index)
      }
    }
  }

  /// The alternatives are in order of rising faith; of texts, plain is preferred when it says
  /// something.
  ///
  /// What is neither (a calendar) is listed.
  private mutating func visitAlternative(_ node: MailTree.Node, zone: Zone?) {
    var plain: Int?
    var rich: Int?
    var others: [Int] = []
    for child in node.children {
      switch kind(child) {
      case .plain where plain == nil: plain = child
      case .html where rich == nil: rich = child
      case .plain, .html: continue
      case .other: others.append(child)
      }
    }
    if let plain {
      // The plain text may be one of several in a multipart of its own: that is read as such.
      if nodes[plain].kind != .leaf {
        visit(plain, zone: zone)
      } else {
        let part = leafText(plain)
        if part == nil { list(plain) }
        if let part, rich == nil || !isStub(part.text.bytes) {
          append(part, zone: zone)
          if let rich { listAttachments(under: rich) }
        } else if let rich {
          visit(rich, zone: zone)
        }
      }
    } else if let rich {
      visit(rich, zone: zone)
    }
    for other in others { visit(other, zone: zone) }
  }

  private enum TextKind {
    case plain
    case html
    case other
  }

  private func kind(_ index: Int) -> TextKind {
    var at = index
    while nodes[at].kind == .multipart, let first = nodes[at].children.first { at = first }
    guard nodes[at].kind == .leaf else { return .other }
    if Self.isHTML(nodes[at].type) { return .html }
    return nodes[at].type == "text/plain" ? .plain : .other
  }

  private static func isHTML(_ type: String) -> Bool {
    type == "text/html" || type == "application/xhtml+xml"
  }

  /// Whether parts of a type are texts that are read.
  private static func isText(_ type: String) -> Bool {
    isHTML(type)
      || ["text/plain", "text", "text/enriched", "text/richtext", "text/markdown", ""]
        .contains(type)
  }

  /// Pictures and files beside a text that was not chosen are still there.
  private mutating func listAttachments(under index: Int) {
    guard nodes[index].kind == .multipart else { return }
    for (place, child) in nodes[index].children.enumerated() where place > 0 { list(child) }
  }

  private mutating func list(_ index: Int) {
    let node = nodes[index]
    switch node.kind {
    case .leaf:
      guard attachments.count < limits.parts else { return }
      attachments.append(
        Attachment(filename: node.filename, contentType: node.type, size: tree.size(index)))
    case .multipart, .message:
      for child in node.children { list(child) }
    }
  }

  // MARK: One text

  private struct LeafText {
    var text: DraftText
    var repairs: [Repair]
  }

  /// Whether a leaf is all that a mail, or a message in it, holds.
  private func isAlone(_ index: Int) -> Bool {
    var at = index
    while let parent = nodes[at].parent, nodes[parent].kind == .multipart {
      if nodes[parent].children.count > 1 { return false }
      at = parent
    }
    return true
  }

  /// The text of a leaf; nil when it is not a text to be read.
  private func leafText(_ index: Int) -> LeafText? {
    let node = nodes[index]
    guard Self.isText(node.type) else { return nil }
    // A text file with a name is one only while there is no other text.
    let isNamed = !node.filename.isEmpty && node.type != "text/html"
    guard (!node.isAttachment && (!isNamed || text.bytes.isEmpty)) || isAlone(index) else {
      return nil
    }
    let isHTML = Self.isHTML(node.type)

    // A page may be mostly mark-up: four times the limit is read of it, and bounds its text.
    let (raw, isCut) = tree.content(index, limit: isHTML ? limits.textBytes * 4 : limits.textBytes)
    var found = LeafText(text: DraftText(), repairs: [])
    var isTooLong = isCut
    var decoder = TextDecoder()
    if isHTML {
      let label = node.charset.isEmpty ? MetaCharset.find(raw) : node.charset
      let page = HTMLText(page: decoder.decode(raw, label: label), limit: limits.textBytes)
      found.text = DraftText(page)
      isTooLong = isTooLong || page.isCut
      if page.isTooDeep {
        found.repairs.append(
          Repair(
            code: "html-too-deep", detail: "elements nested beyond 500: read without structure"))
      }
    } else {
      var text = decoder.decode(raw, label: node.charset)
      if text.count > limits.textBytes {
        isTooLong = true
        text.removeSubrange(limits.textBytes...)
        while let last = text.last, last & 0xC0 == 0x80 { text.removeLast() }
        if let last = text.last, last >= 0xC0 { text.removeLast() }
      }
      if node.isFlowed { text = FlowedText.joined(text, deleteSpace: node.deletesSpace) }
      found.text.append(text, zone: nil)
    }
    found.repairs.append(contentsOf: decoder.repairs)
    if isTooLong {
      found.repairs.append(
        Repair(code: "text-too-long", detail: "only \(limits.textBytes) bytes of a text are read"))
    }
    return found
  }

  private mutating func append(_ part: LeafText, zone: Zone?) {
    repairs.add(part.repairs)
    if !text.bytes.isEmpty, text.bytes.last != 0x0A { text.append([0x0A], zone: zone) }
    guard text.bytes.count + part.text.bytes.count <= limits.textBytes * 4 else {
      repairs.note("text-too-long", "the texts of all parts are too long")
      return
    }
    text.append(part.text, zone: zone)
  }

  /// A plain text that only says to look at the other one.
  private func isStub(_ text: [UInt8]) -> Bool {
    let words = text.trimmed()
    if words.isEmpty { return true }
    guard words.count < 400 else { return false }
    let folded = Fold.folded(Array(words))
    guard folded.containsASCII("html") else { return false }
    for cue in PhraseTables.stubs where folded.containsSequence(cue) { return true }
    return false
  }
}
