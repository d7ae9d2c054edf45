import {invalidInput, type McpgwError} from '../errors.js'
import {nearestName} from '../template/nearest-name.js'

/** What there is, each command and topic with spaces: `images check`, and `images`. */
export interface KnownWords {
  readonly commands: readonly string[]
  readonly topics: readonly string[]
  /** The flags of a command, without dashes. */
  flagsOf(command: string): readonly string[]
}

/** Words that people try for a command, by what other programs of the trade call it. */
const meanings: Readonly<Record<string, string>> = {
  ...{apply: 'deploy', create: 'deploy', install: 'deploy', start: 'deploy', up: 'deploy', update: 'deploy'},
  ...{clean: 'teardown', delete: 'teardown', destroy: 'teardown', down: 'teardown', remove: 'teardown'},
  ...{rm: 'teardown', undeploy: 'teardown', uninstall: 'teardown'},
  ...{recreate: 'reset', redeploy: 'reset', renew: 'reset'},
  ...{diff: 'plan', preview: 'plan', doctor: 'preflight', validate: 'preflight'},
  ...{health: 'verify', status: 'verify', test: 'verify', check: 'verify'},
  ...{abort: 'cancel', stop: 'cancel', attach: 'watch', follow: 'watch', wait: 'watch'},
  ...{events: 'diagnose', explain: 'diagnose', logs: 'diagnose', why: 'diagnose'},
  ...{login: 'credentials', password: 'credentials', passwords: 'credentials', users: 'credentials'},
  ...{export: 'images export', serve: 'rehearse', simulate: 'rehearse', students: 'realm'},
}

/**
 * What is wrong with words that name no command alone, and the nearest right ones; undefined when they name one.
 * @param words what stands before the first flag
 * @param argv everything that was given; a flag's value is never repeated, since it may be a secret
 */
export function wrongWords(
  words: readonly string[],
  argv: readonly string[],
  known: KnownWords,
): McpgwError | undefined {
  if (words.length === 0) return argv.length === 0 ? undefined : flagFirst(argv, known)
  const isCommand = (count: number) => known.commands.includes(words.slice(0, count).join(' '))
  const count = words.findIndex((_, index) => isCommand(index + 1)) + 1
  if (count === words.length) return undefined
  if (count > 0) return takesNoArgument(words.slice(0, count).join(' '), words.slice(count).join(' '), known)
  const given = words.join(' ')
  if (known.topics.includes(given)) return needsCommand(given, known)
  const meant = meantBy(words, known)
  return invalidInput(
    'USAGE',
    `mcpgw has no command ${given.trim() === '' ? JSON.stringify(given) : given}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    meant === undefined
      ? 'Run `mcpgw --help` to see its commands.'
      : `Run \`mcpgw ${meant}\`, or \`mcpgw --help\` to see all commands.`,
  )
}

/** As `mcpgw deploy` takes it. */
export function takesNoArgument(command: string, extra: string, known: KnownWords): McpgwError {
  const isName = extra !== 'help' && /^[a-z][a-z0-9-]{0,17}[a-z0-9]$/.test(extra)
  const hint =
    known.flagsOf(command).includes('environment') && isName
      ? `An environment is named by a flag: mcpgw ${command} --environment ${extra}.`
      : `Run \`mcpgw ${command} --help\` to see its flags.`
  const what = extra === '' ? 'argument, and an empty one was given' : `argument ${extra}`
  return invalidInput('USAGE', `mcpgw ${command} takes no ${what}.`, hint)
}

function needsCommand(topic: string, {commands}: KnownWords): McpgwError {
  const below = commands
    .filter(command => command.startsWith(`${topic} `))
    .map(command => `\`mcpgw ${command}\``)
  return invalidInput(
    'USAGE',
    `mcpgw ${topic} is no command alone.`,
    `Run ${below.join(' or ')}; \`mcpgw ${topic} --help\` says what they do.`,
  )
}

function flagFirst(argv: readonly string[], {commands}: KnownWords): McpgwError {
  const flag = (argv[0] ?? '').replace(/=.*/s, '')
  // The words of a command one behind the other; the longest, so that `images` does not hide `images check`.
  const found = argv.flatMap((_, index) =>
    commands.filter(command => command === argv.slice(index, index + command.split(' ').length).join(' ')),
  )
  const [command = '…'] = found
  return invalidInput(
    'USAGE',
    `The command comes first, and its flags after it, but ${flag} is in its place.`,
    found.length === 0
      ? `Write \`mcpgw COMMAND ${flag}\`; \`mcpgw --help\` shows the commands, \`mcpgw --version\` the version.`
      : `Write \`mcpgw ${command} ${flag} …\`.`,
  )
}

/** The first words are what is misspelt; what is behind them may be an argument that does not belong there. */
function meantBy(words: readonly string[], {commands, topics}: KnownWords): string | undefined {
  const [first = ''] = words
  const meaning = meanings[first.toLowerCase()]
  if (meaning !== undefined && commands.includes(meaning)) return meaning
  const [both, one] = [words.slice(0, 2).join(' '), first]
  const longer = commands.filter(command => command.includes(' '))
  const nearLonger = words.length > 1 ? nearestName(both, longer) : undefined
  if (nearLonger !== undefined) return nearLonger
  const names = [...commands.filter(command => !command.includes(' ')), ...topics]
  return names.find(name => one.length > 2 && name.startsWith(one)) ?? nearestName(one, names)
}
