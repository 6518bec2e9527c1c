import HeardCommands

HeardCommand.start()
