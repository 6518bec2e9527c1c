struct Match { var entry: UInt32; var firstToken: UInt32; var lastToken: UInt32; var covered: Bool }
typealias MatchList = ContiguousArray<Match>
