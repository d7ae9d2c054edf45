// Writes what `--help` prints into dist/help/, a folder a width, so that nothing needs to be loaded to print it. Run by
// the build in a process of its own, because libraries decide about colours when they are loaded.
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core'
import {helpFile, helpWidths, programMark} from '../dist/answer-at-once.cjs'
import help from '../dist/hooks/help.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = () => Config.load({root, userPlugins: false, devPlugins: false})

/** The text that `mcpgw WORDS --help` prints in a terminal of so many columns. */
async function pageOf(words, columns) {
  let text = ''
  // Read anew: printing a page renames commands.
  const config = await read()
  config.userAgent = programMark
  const page = new help.default(config, {columns, print: more => (text += more)})
  await page.showHelp([...words, '--help'])
  return text
}

const {topics, commandIDs} = await read()
const names = [[], ...[...topics.map(({name}) => name), ...commandIDs].map(name => name.split(':'))]
for (const columns of helpWidths) {
  const folder = join(root, 'dist', 'help', String(columns))
  mkdirSync(folder, {recursive: true})
  for (const words of names) writeFileSync(join(folder, helpFile(words)), await pageOf(words, columns))
}
