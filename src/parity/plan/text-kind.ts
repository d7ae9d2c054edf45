import {configurationFile, eventStream, noJson, textBeforeJson, textOutput} from './refusals.js'

/** What a text is that is not JSON; undefined for JSON that is broken. */
export function textKind(text: string): typeof noJson | undefined {
  const beginning = text.slice(0, enough).replace(colour, '').trimStart()
  if (isMessage(beginning)) return eventStream
  if (/^[{[]/.test(beginning)) return undefined
  if (document.test(beginning)) return textBeforeJson
  if (printed.test(beginning)) return textOutput
  return block.test(beginning) ? configurationFile : noJson
}

/** Both tools print warnings about their own configuration to standard output. */
const document = /^\{"format_version"/m

/** Characters: what a text is can be seen at its beginning. */
const enough = 65_536

/** Escape sequences of a terminal. */
const colour = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;?]*[A-Za-z]`, 'g')

/** Each line of the stream is a document; the first one tells the versions. */
function isMessage(text: string): boolean {
  const [line = ''] = text.split('\n', 1)
  if (!line.startsWith('{')) return false
  return /"@level" *:/.test(line) || (/"type" *: *"version"/.test(line) && /"ui" *:/.test(line))
}

const address = String.raw`[\w.-]+(?:\[[^\]\n]*\][\w.-]*)*`
/** Words of `plan` and `apply`, and of `show` for a plan and for a state, which begins with the address of a resource. */
const printed = new RegExp(
  [
    String.raw`^(?:Terraform|OpenTofu) (?:used|will|planned|has|cannot|detected|v\d)`,
    '^No changes\\.',
    '^(?:No state\\.|The state file is empty)',
    '^Changes to Outputs:',
    '^(?:Plan|Apply complete!|Destroy complete!|Outputs|Note|Warning|Error): ?',
    `^# ${address}:(?: \\(tainted\\))?\\r?$`,
    `^ *# ${address} (?:\\(deposed [^)]*\\) )?(?:will|must|has|is) `,
    `^${address}: (?:Refreshing|Reading|Creating|Still|Destroying|Modifying|Read )`,
    '^[╷│╵]',
  ].join('|'),
  'mu',
)
const block =
  /^[ \t]*(?:(?:terraform|locals|variable|provider|resource|data|module|output|import|moved|removed|check)\b[^\n={]*\{|[A-Za-z_][\w-]*[ \t]*=[ \t]*\S)/m
