import {writeFileSync} from 'node:fs'
import path from 'node:path'
import type {GivenParameters} from '../../input/given-parameter.js'
import {secretsAmong} from '../../input/given-secrets.js'
import {checkMarkdownFile} from '../../input/markdown-file.js'
import {type ParityFileFlags, parityInputs, readParityFiles} from '../../input/parity-files.js'
import {templatesChosen} from '../../input/template-folder.js'
import {parityMarkdown} from '../../report/parity-markdown.js'
import {parityText} from '../../report/parity-text.js'
import type {ParityReport} from '../../results.js'
import type {TemplateSet} from '../../steps/deploy/template-set.js'
import {compareFiles} from '../compare-files.js'
import {Redactor} from '../redactor.js'
import type {LocalFlags, LocalSpecification} from '../specification.js'

export type ParityFlags = LocalFlags & ParityFileFlags & {strict?: boolean; markdown?: string | undefined}

/** `mcpgw parity`: reads files, compares, and tells. Nothing outside this machine is asked. */
export const parityCommand: LocalSpecification<ParityFlags, ParityReport> = {
  async work(flags, given) {
    const {markdown, strict = false} = flags
    const templates = templatesChosen(flags.cfn)
    if (markdown !== undefined) checkMarkdownFile(markdown, inputsOf(flags, templates))
    const files = await readParityFiles(flags)
    const report = compareFiles({files, templates, given, strict})
    if (markdown !== undefined) writeFileSync(markdown, page(report, given, flags.cfn))
    return report
  },
  words(report, {flags: {verbose}, paint}) {
    const columns = process.stdout.isTTY ? process.stdout.columns : undefined
    return parityText(report, {paint, verbose, columns})
  },
  exitCode: ({verdict}) => ({same: 0, different: 1, partial: 5})[verdict],
}

/** What is read, and must not be written over. */
function inputsOf(flags: ParityFlags, {folder, files}: TemplateSet): {what: string; file: string}[] {
  return [
    ...parityInputs(flags).map(({flag, file}) => ({what: `the file of ${flag}`, file})),
    ...[...files.keys()].map(name => ({what: 'one of the templates', file: path.join(folder, name)})),
  ]
}

/** What is shown and printed hides the secrets of the parameters later; a file is written at once. */
function page(report: ParityReport, given: GivenParameters, cfn: string | undefined): string {
  return parityMarkdown(new Redactor(secretsAmong(given, cfn)).value(report))
}
