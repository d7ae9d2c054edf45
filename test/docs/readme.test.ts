import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {commandClass, commandNames} from '../helpers/commands.js'

const root = new URL('../../', import.meta.url)
/** The reference of all commands. */
const reference = read('docs/commands.md')

type Flags = Readonly<Record<string, {description?: string; env?: string; char?: string; hidden?: boolean}>>

/** The flags that help shows. */
function shownFlags({flags}: {flags: Flags}): Flags {
  return Object.fromEntries(Object.entries(flags).filter(([, {hidden}]) => hidden !== true))
}

/** The commands that the page has, so that one which it lacks is told of once. */
const documented = commandNames.filter(name => sectionOf(name) !== '')

describe('docs/commands.md (npm run docs writes it)', () => {
  test('has every command, and no others', () => {
    const sections = Array.from(reference.matchAll(/^## `mcpgw ([\w ]+)`$/gm), ([, name]) => name)
    expect(sections, 'docs/commands.md is not current; this writes it: npm run docs').toEqual(commandNames)
  })

  test.skipIf(documented.length < commandNames.length)('is what the built commands give', () => {
    const generated = execFileSync(
      process.execPath,
      [
        'node_modules/oclif/bin/run.js',
        'readme',
        '--no-aliases',
        '--readme-path',
        'docs/commands.md',
        '--dry-run',
      ],
      // No test reads the network.
      {
        cwd: fileURLToPath(root),
        encoding: 'utf8',
        env: {...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true'},
      },
    )
    expect(generated).toContain(generatedPart(reference))
  })

  test.each(documented)('has what the help of %s has', async name => {
    const section = flat(sectionOf(name))
    const command = await commandClass(name)
    const {summary, description, examples} = command
    const texts = [
      summary,
      description,
      ...examples.map(example => example.replace('<%= config.bin %>', 'mcpgw')),
      ...Object.values(shownFlags(command)).flatMap(flag => [
        flag.description ?? '',
        flag.env ? `env: ${flag.env}]` : '',
      ]),
    ]
    expect(texts.map(flat).filter(text => !section.includes(text))).toEqual([])
  })

  test.each(documented)('has the flags of %s, and no others', async name => {
    const command = await commandClass(name)
    const usage = /```\nUSAGE\n([\s\S]*?)\n\n/.exec(sectionOf(name))?.[1] ?? ''
    const given = Array.from(usage.matchAll(/--([a-z-]+)|\[-([a-z])\b/g), ([, long, short]) => long ?? short)
    const flags = Object.entries(shownFlags(command)).map(([flag, {char}]) => [flag, char])
    const unknown = given.filter(word => !flags.some(names => names.includes(word)))
    const isListed = (flag = '') =>
      new RegExp(`^ +(-\\w, +)?--(\\[no-\\])?${flag}[= ]`, 'm').test(sectionOf(name))
    const missing = flags.filter(names => !isListed(names[0]) || !given.some(word => names.includes(word)))
    expect({unknown, missing}).toEqual({unknown: [], missing: []})
  })
})

describe('the pages', () => {
  const pages = [
    ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
    ...readdirSync(new URL('docs/', root)).map(name => `docs/${name}`),
  ]

  test.each(pages.filter(name => name.endsWith('.md')))('%s has no broken link', name => {
    const links = Array.from(read(name).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g), ([, target = '']) => target)
    const broken = links
      .filter(target => !/^https?:/.test(target))
      .filter(target => !existsSync(new URL(target, new URL(name, root))))
    expect(broken).toEqual([])
  })

  test.each(pages.filter(name => name.endsWith('.md')))('%s names only commands that exist', name => {
    const text = read(name)
    const named = Array.from(
      text.matchAll(/(?:`|^|\$ )(?:mcpgw|node bin\/run\.js) ([a-z]+)(?: ([a-z]+))?\b/gm),
      ([, word = '', next = '']) => [word, `${word} ${next}`],
    )
    expect(named.filter(words => !words.some(word => commandNames.includes(word)))).toEqual([])
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
    const run = Array.from(text.matchAll(/npm run ([\w:-]+)/g), ([, script]) => script)
    expect(run.filter(script => !scripts.includes(script ?? ''))).toEqual([])
  })

  test.each(pages.filter(name => name.endsWith('.md')))('%s names only flags that exist', async name => {
    const commands = await Promise.all(commandNames.map(commandClass))
    const known = commands.flatMap(({flags}) => Object.keys(flags))
    const accepted = [...known, ...known.map(flag => `no-${flag}`), 'help', 'version']
    const lines = read(name)
      .split('\n')
      .filter(line => /mcpgw|run\.js|`--/.test(line) && !/\baws |npm |curl /.test(line))
    const named = lines.flatMap(line => line.match(/(?<=[\s`[])--[a-z][a-z-]*/g) ?? [])
    expect(named.filter(flag => !accepted.includes(flag.slice(2)))).toEqual([])
  })
})

describe('every command line that a page shows', () => {
  const pages = readdirSync(new URL('docs/', root)).filter(
    name => name.endsWith('.md') && name !== 'commands.md',
  )

  test.each(['README.md', ...pages.map(name => `docs/${name}`)])(
    'of %s is one that the command takes',
    async name => {
      expect(await refusedLines(read(name))).toEqual([])
    },
  )

  test('is many in the guide for facilitators', () => {
    expect(commandLines(read('docs/facilitator-guide.md')).length).toBeGreaterThan(20)
  })

  test('is noticed when its command or one of its flags does not exist', async () => {
    const text =
      '```sh\nmcpgw verify \\\n  --students 3\n```\n`mcpgw deploy --yess` and `mcpgw destroy --yes`'
    expect(await refusedLines(text)).toEqual(['verify --students', 'deploy --yess', 'destroy --yes'])
  })
})

/** Command lines without the name of the program: those in blocks of shell commands, and those in code within a text. */
function commandLines(text: string): string[] {
  const blocks = Array.from(text.matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm), ([, block = '']) => block)
  const inText = Array.from(
    text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g),
    ([, code = '']) => code,
  )
  const lines = [...blocks.flatMap(block => block.replaceAll(/\\\n\s*/g, '').split('\n')), ...inText]
  return lines
    .flatMap(line => line.replace(/\s#.*/, '').split(/[;|&]/))
    .flatMap(line => /(?:^|[\s(])(?:mcpgw|node bin\/run\.js) ([a-z].*|-.*)$/.exec(line)?.[1] ?? [])
}

/** `command --flag` of each line whose command lacks the flag. */
async function refusedLines(text: string): Promise<string[]> {
  const refused = commandLines(text).map(async line => {
    const words = line.split(/\s+/)
    const name = commandNames.find(each => line === each || line.startsWith(`${each} `)) ?? words[0] ?? ''
    const given = words.filter(word => /^--[a-z]/.test(word)).map(word => word.replace(/=.*/, ''))
    const flags = commandNames.includes(name) ? Object.keys((await commandClass(name)).flags) : []
    const known = [...flags.flatMap(flag => [`--${flag}`, `--no-${flag}`]), '--help', '--version']
    return given.filter(flag => !known.includes(flag)).map(flag => `${name} ${flag}`)
  })
  return (await Promise.all(refused)).flat()
}

function generatedPart(text: string): string {
  return /<!-- commands -->[\s\S]*<!-- commandsstop -->/.exec(text)?.[0] ?? 'no markers'
}

function sectionOf(command: string): string {
  const [, after = ''] = reference.split(`\n## \`mcpgw ${command}\`\n`)
  return after.split(/\n## |<!-- commandsstop -->/)[0] ?? ''
}

/** Words only: the reference is wrapped into columns. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}
