import {PassThrough} from 'node:stream'
import {setImmediate as turn} from 'node:timers/promises'
import {afterEach, expect, it, vi} from 'vitest'
import {askLine} from '../../src/app/ask-line.js'

afterEach(() => vi.restoreAllMocks())

function asked() {
  const input = new PassThrough()
  const output = new PassThrough()
  const limit = new AbortController()
  const line = askLine({input, output, question: 'Name: ', signal: limit.signal})
  return {input, output, limit, line}
}

it('gives the line that was typed', async () => {
  const {input, line} = asked()
  input.write('mcp-gatw\u007feway\r')
  expect(await line).toBe('mcp-gateway')
})

it('takes Ctrl-D for no answer, and ends the line of the question', async () => {
  const {input, output, line} = asked()
  input.write('\u0004')
  expect(await line).toBe('')
  expect(String(output.read())).toMatch(/Name: [^\n]*\n$/)
})

it('takes a terminal that is gone for no answer', async () => {
  const {input, line} = asked()
  input.end()
  expect(await line).toBe('')
})

it('asks on when a process that Ctrl-Z has stopped continues', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const {input, line} = asked()
  input.write('demo\u001a')
  await turn()
  expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTSTP')
  process.emit('SIGCONT', 'SIGCONT')
  expect(input.isPaused()).toBe(false)
  input.write('-2\r')
  expect(await line).toBe('demo-2')
})

it('passes Ctrl-C on', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const {input, limit, line} = asked()
  input.write('\u0003')
  await turn()
  expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT')
  limit.abort(new Error('interrupted'))
  await expect(line).rejects.toThrow('interrupted')
})
