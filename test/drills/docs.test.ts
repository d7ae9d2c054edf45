import {readFileSync} from 'node:fs'
import {afterAll, expect, test} from 'vitest'
import {services} from '../../src/environment/services.js'
import {Rehearsal} from '../e2e/mcpgw.js'

const page = readFileSync(new URL('../../docs/embedded-account.md', import.meta.url), 'utf8')
const rehearsal = new Rehearsal()
afterAll(() => rehearsal.remove())

/** What a drill's commands must have said, by its title: that the exit code came for the right reason. */
const said: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'A resource fails once': [
    ['NatGateway1', 'No addresses left.'],
    [`${services.length} of ${services.length} services`],
  ],
  'The next morning': [
    ['keycloak-tg', 'Target.Timeout', '7860'],
    ['gradio-tg', 'listener on port 7860'],
  ],
  'Credentials that expire, and a network that drops': [
    ['credentials have expired', 'continues in the embedded account'],
    ['mcp-gateway is gone'],
  ],
}

interface Command {
  words: string[]
  exitCode: number
}

/** The drills of the page in order: its title, and the commands with the exit code that is behind each. */
function drills(): {title: string; commands: Command[]}[] {
  const sections = page.split('\n### ').filter(section => section.includes('<!-- drill -->'))
  return sections.map(section => {
    const block = /<!-- drill -->\n\n```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
    const commands = block
      .trimEnd()
      .split('\n')
      .map(line => {
        const [, command = '', code] = /^mcpgw (.*?)\s+# (\d+)$/.exec(line) ?? []
        return {words: wordsOf(command), exitCode: Number(code)}
      })
    return {title: section.slice(0, section.indexOf('\n')), commands}
  })
}

/** As a shell takes a line apart that has nothing but single quotes in it. */
function wordsOf(command: string): string[] {
  return Array.from(command.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '')
}

// One after the other, in one account, as a reader would.
test('the drills of docs/embedded-account.md end as they say, and for the reason they say', async () => {
  expect(drills().map(({title}) => title)).toEqual(Object.keys(said))
  for (const {title, commands} of drills()) {
    expect(commands).toHaveLength(said[title]?.length ?? 0)
    for (const [index, {words, exitCode}] of commands.entries()) {
      const {code, stdout, stderr} = await rehearsal.run(words)
      const output = stdout + stderr
      expect({title, index, code, output: code === exitCode ? '' : output}).toEqual({
        title,
        index,
        code: exitCode,
        output: '',
      })
      for (const part of said[title]?.[index] ?? []) expect(output).toContain(part)
    }
  }
})
