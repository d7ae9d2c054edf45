import {visible} from '../visible.js'

/** Settings by name in one section. */
export type Section = Record<string, string>

/** What is wrong with a file, as the end of a sentence that names it. */
export class IniError extends Error {
  override name = 'IniError'
}

/**
 * The sections of a file as the AWS CLI reads them, which the SDK does in another way: a name ends at `=` or `:`, whichever
 * comes first, and is lower case; a comment has a line of its own, and ` # x` behind a value is part of it; a line that is
 * indented deeper continues the value before it; what comes twice is refused.
 *
 * Source: botocore's `configloader.raw_config_parse`, which is Python's `configparser.RawConfigParser`.
 *
 * @throws IniError where the AWS CLI says "Unable to parse config file"
 */
export function parseIni(text: string): Map<string, Section> {
  const sections = new Map<string, Section>()
  let section: Section | undefined
  let name: string | undefined
  let depth = 0
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const value = line.trim()
    const isComment = /^[#;]/.test(value)
    if (value === '' || isComment) {
      if (!isComment && section !== undefined && name !== undefined) section[name] += '\n'
      continue
    }
    const indent = line.search(/\S/)
    if (section !== undefined && name !== undefined && indent > depth) {
      section[name] += `\n${value}`
      continue
    }
    depth = indent
    const header = /^\[(.+)\]/.exec(value)?.[1]
    if (header !== undefined) {
      if (sections.has(header))
        throw new IniError(`line ${index + 1} begins [${visible(header)}] a second time`)
      section = Object.create(null) as Section
      sections.set(header, section)
      name = undefined
      continue
    }
    // Not repeated: it may be the middle of a secret.
    if (section === undefined) throw new IniError(`line ${index + 1} is before the first [section]`)
    const [, key, rest = ''] = /^(.*?)\s*[=:]\s*(.*)$/.exec(value) ?? []
    if (!key) throw new IniError(`line ${index + 1} is no setting of the form name = value`)
    name = key.toLowerCase()
    if (Object.hasOwn(section, name))
      throw new IniError(`line ${index + 1} sets ${visible(name)} a second time in its section`)
    section[name] = rest
  }
  for (const settings of sections.values())
    for (const [key, value] of Object.entries(settings)) settings[key] = value.trimEnd()
  return sections
}
