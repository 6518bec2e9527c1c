import HeardServer

await HearddCommand.start()
