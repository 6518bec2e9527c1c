internal import CHeardMail

/// The parsed structure of a mail: owner of the C object, freed with it.
@safe
final class MailTree {
  private let handle: OpaquePointer
  let nodeCount: Int
  let headerCount: Int

  /// Reads the structure; nil when the bytes do not begin with a header field.
  ///
  /// `onlyGMime` has GMime read what is simple enough to be read without it.
  init?(_ bytes: [UInt8], limits: Limits, onlyGMime: Bool) {
    let caps = heard_mail_limits(
      boundary_lines: limits.parts * 20, header_bytes: limits.headerBytes,
      header_lines: limits.headerLines)
    guard
      let opened = unsafe heard_mail_open(bytes, bytes.count, caps, limits.parts, onlyGMime)
    else { return nil }
    unsafe handle = opened
    unsafe nodeCount = heard_mail_node_count(opened)
    unsafe headerCount = heard_mail_header_count(opened)
  }

  deinit { unsafe heard_mail_close(handle) }

  /// One node, with what the reader asks of it.
  struct Node {
    enum Kind {
      case leaf
      case multipart
      case message
    }

    var kind: Kind
    var parent: Int?
    var type: String
    var charset: String
    var filename: String
    var isAttachment: Bool
    var isFlowed: Bool
    var deletesSpace: Bool
    /// Raw subject of an enclosed message.
    var subject: [UInt8]
    var children: [Int] = []
  }

  /// All nodes with their children.
  func nodes() -> [Node] {
    var nodes: [Node] = []
    nodes.reserveCapacity(nodeCount)
    for index in 0..<nodeCount {
      guard let pointer = unsafe heard_mail_node(handle, index) else { break }
      let node = unsafe pointer.pointee
      let parent = unsafe node.parent < 0 ? nil : Int(node.parent)
      unsafe nodes.append(
        Node(
          kind: node.kind == HEARD_NODE_MULTIPART
            ? .multipart : node.kind == HEARD_NODE_MESSAGE ? .message : .leaf,
          parent: parent, type: string(node.type), charset: string(node.charset),
          filename: string(node.filename), isAttachment: node.attachment,
          isFlowed: node.flowed, deletesSpace: node.delsp, subject: array(node.subject)))
      if let parent { nodes[parent].children.append(index) }
    }
    return nodes
  }

  /// Whether the mail was simple enough to be read without GMime.
  var isOrdinary: Bool { unsafe heard_mail_is_quick(handle) }

  /// Calls back for each header field of the mail, in its order.
  func forEachHeader(_ body: (_ name: String, _ value: UnsafeBufferPointer<UInt8>) -> Void) {
    for index in 0..<headerCount {
      let header = unsafe heard_mail_header(handle, index)
      let value = unsafe UnsafeBufferPointer(start: header.value.bytes, count: header.value.count)
      unsafe body(string(header.name), value)
    }
  }

  /// A leaf's bytes without transfer encoding, and whether there were more than `limit`.
  func content(_ index: Int, limit: Int) -> (bytes: [UInt8], isCut: Bool) {
    var cut = false
    let content = unsafe heard_mail_content(handle, index, limit, &cut)
    return unsafe (array(content), cut)
  }

  /// Size of a leaf without transfer encoding, in bytes.
  func size(_ index: Int) -> Int { unsafe heard_mail_content_size(handle, index) }

  /// What was wrong with the structure.
  var repairs: [Repair] {
    let flags = Int(unsafe heard_mail_flags(handle))
    if flags == 0, unsafe !heard_mail_nodes_cut(handle) { return [] }
    var found: [Repair] = []
    let table: [(Int, String, String)] = [
      (
        Int(HEARD_MAIL_CUT_PARTS), "too-many-parts",
        "what follows too many boundary lines is left out"
      ),
      (Int(HEARD_MAIL_CUT_HEADERS), "headers-too-long", "a block of headers was cut"),
      (Int(HEARD_MAIL_TRUNCATED_MULTIPART), "truncated-multipart", "a multipart has no end"),
      (Int(HEARD_MAIL_NO_BOUNDARY), "multipart-without-boundary", "a multipart names no boundary"),
      (Int(HEARD_MAIL_NESTING_OVERFLOW), "nested-too-deep", "parts are nested beyond 1,024"),
      (Int(HEARD_MAIL_BAD_HEADER), "bad-header", "a header field is malformed"),
      (Int(HEARD_MAIL_BAD_CONTENT_TYPE), "bad-content-type", "a Content-Type is malformed"),
      (Int(HEARD_MAIL_EMPTY_MULTIPART), "empty-multipart", "a multipart has no parts"),
    ]
    for (flag, code, detail) in table where flags & flag != 0 {
      found.append(Repair(code: code, detail: detail))
    }
    if unsafe heard_mail_nodes_cut(handle), !found.contains(where: { $0.code == "too-many-parts" })
    {
      found.append(
        Repair(code: "too-many-parts", detail: "the parts beyond the limit are left out"))
    }
    return found
  }
}
