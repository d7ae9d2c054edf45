import {readFileSync} from 'node:fs'
import {TemplateError} from './error.js'
import {parseTemplate} from './parse.js'
import type {Template} from './template.js'

/**
 * Reads and parses a template file; the only function here that touches the disk.
 * @throws {TemplateError} also when the file cannot be read
 */
export function readTemplateFile(path: string): Template {
  return parseTemplate(readText(path), path)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    const message = isMissing
      ? `Template file ${path} does not exist`
      : `Template file ${path} cannot be read`
    throw new TemplateError(message, {source: path, cause})
  }
}
