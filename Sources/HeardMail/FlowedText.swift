/// format=flowed (RFC 3676): lines that end in a space go on in the next line.
enum FlowedText {
  /// Joins flowed lines of the same quotation depth; `deleteSpace` is the parameter `delsp=yes`.
  static func joined(_ text: [UInt8], deleteSpace: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var openDepth: Int?  // depth of the paragraph that the last line left open
    var at = 0
    while at < text.count {
      var end = at
      while end < text.count, text[end] != 0x0A { end += 1 }
      var from = at
      var depth = 0
      while from < end, text[from] == 0x3E {
        depth += 1
        from += 1
      }
      // A space that was put before text which looks like a quotation or "From ".
      if from < end, text[from] == 0x20 { from += 1 }
      let content = text[from..<end]
      let isDelimiter = content.elementsEqual([0x2D, 0x2D, 0x20])
      if let open = openDepth, open == depth, !isDelimiter {
        out.append(contentsOf: content)
      } else {
        if openDepth != nil { out.append(0x0A) }
        out.append(contentsOf: repeatElement(0x3E, count: depth))
        if depth > 0, !content.isEmpty { out.append(0x20) }
        out.append(contentsOf: content)
      }
      if !isDelimiter, content.last == 0x20 {
        openDepth = depth
        if deleteSpace { out.removeLast() }
      } else {
        openDepth = nil
        if end < text.count { out.append(0x0A) }
      }
      at = end + 1
    }
    return out
  }
}
