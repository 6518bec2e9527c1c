import Testing

@Test func placeholderUntilTheRoomIsBuilt() {}
