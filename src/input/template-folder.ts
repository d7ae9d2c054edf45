import {createHash} from 'node:crypto'
import path from 'node:path'
import {childStacks, mainTemplate} from '../environment/stacks.js'
import {templatesFolder} from '../environment/templates.js'
import {invalidInput} from '../errors.js'
import {InputFileError, readInputFile} from '../input-file.js'
import type {TemplateFile, TemplateSet} from '../steps/deploy/template-set.js'
import {parseTemplate, TemplateError} from '../template/index.js'

const digestLength = 12

const setting =
  'Set MCPGW_TEMPLATES_DIR to the folder with the five templates, or unset it to use the built-in ones.'

/**
 * Reads and parses every template of the folder.
 * @param remedy what to do about a file that cannot be read, where it is no setting that names the folder
 * @throws exit code 2, naming file and line
 */
export function readTemplateFolder(folder: string, remedy = setting): TemplateSet {
  const names = [mainTemplate, ...childStacks.map(({template}) => template)]
  const files = names.map(name => readTemplate(folder, name, remedy))
  const hash = createHash('sha256')
  for (const {name, text} of files) hash.update(`${name}\0${text}\0`)
  return {
    folder,
    files: new Map(files.map(file => [file.name, file])),
    digest: hash.digest('hex').slice(0, digestLength),
  }
}

/**
 * The templates of `--cfn`, else those that are installed.
 * @throws as `readTemplateFolder`
 */
export function templatesChosen(cfn: string | undefined): TemplateSet {
  if (cfn === undefined) return readTemplateFolder(templatesFolder())
  const remedy = 'Give the folder with the five templates to --cfn, or leave it out.'
  if (cfn === '') throw invalidInput('USAGE', '--cfn names no folder.', remedy)
  return readTemplateFolder(cfn, remedy)
}

/** The files of the installed templates, for naming lines only; none when they cannot be read. */
export function templatesIfReadable(): ReadonlyMap<string, TemplateFile> {
  try {
    return readTemplateFolder(templatesFolder()).files
  } catch {
    return new Map()
  }
}

/** What a file held when it was read last: a failure is explained with the templates that were deployed. */
const read = new Map<string, TemplateFile>()

function readTemplate(folder: string, name: string, remedy: string): TemplateFile {
  const file = path.join(folder, name)
  const shown = path.relative('', file).startsWith('..') ? file : path.relative('', file)
  try {
    const text = readInputFile(file)
    const before = read.get(file)
    if (before?.text === text && before.name === name) return before
    const now = {name, text, template: parseTemplate(text, shown)}
    read.set(file, now)
    return now
  } catch (error) {
    if (error instanceof TemplateError) {
      const where = error.location || shown
      throw invalidInput(
        'INVALID_TEMPLATE',
        `${where}: ${error.message}`,
        `Correct the template, or restore it with git.`,
      )
    }
    if (!(error instanceof InputFileError)) throw error
    throw invalidInput(
      'TEMPLATE_UNREADABLE',
      `The template ${shown} cannot be read: ${error.message}.`,
      remedy,
      error,
    )
  }
}
