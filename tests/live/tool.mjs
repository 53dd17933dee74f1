// The engine in C as a function: ask(name, ...bytes) gives what it answers. Answers come in the order of the questions.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export const hex = (bytes) => (bytes.length ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex') : '-')
export const unhex = (text) => new Uint8Array(Buffer.from(text, 'hex'))

export function openTool(program) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = []
  let gone = null
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => waiting.shift().resolve(line))
  child.on('exit', (code, signal) => {
    gone = new Error(`the tool ended: ${code ?? signal}`)
    for (const w of waiting.splice(0)) w.reject(gone)
  })
  const line = (name, args) =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone)
      waiting.push({ resolve, reject })
      child.stdin.write([name, ...args.map(hex)].join(' ') + '\n')
    })
  const text = async (name, ...args) => {
    const answer = await line(name, args)
    if (answer.startsWith('error ')) throw new Error(`${name}: ${answer}`)
    return answer
  }
  return {
    text,
    bytes: async (name, ...args) => unhex(await text(name, ...args)),
    json: async (name, ...args) => JSON.parse(await text(name, ...args)),
    close: () => child.stdin.end(),
  }
}
