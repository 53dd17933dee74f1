// hocuspocus.mjs PORT FILE: Hocuspocus as its manual shows it, with its SQLite extension on a file.
import { Server } from '@hocuspocus/server'
import { SQLite } from '@hocuspocus/extension-sqlite'

const [port, database] = process.argv.slice(2)
await new Server({ port: Number(port), address: '127.0.0.1', quiet: true, extensions: [new SQLite({ database })] }).listen()
console.log('listening')
