import type {Json} from '../json.js'
import type {Source} from './table.js'

/** A parameter's text, or why a value cannot be one; undefined where the value says nothing. */
export type Converted = {readonly text: string} | {readonly problem: string} | undefined

/**
 * An image of an ECR registry: its repository, and its tag or digest.
 * Source: Amazon ECR user guide, "Private registry concepts"; the Regions of China end with `.cn`.
 */
const ecrImage =
  /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]+))?(@.+)?$/

/** The value of a variable as the text of a parameter. No message repeats it: it may be secret. */
export function convert(value: Json | undefined, as: Source['as']): Converted {
  if (value === undefined || value === null) return undefined
  if (as === 'list') return listText(value)
  if (typeof value === 'boolean' || typeof value === 'number') return {text: String(value)}
  if (typeof value !== 'string') return {problem: 'it is no text, number, true or false'}
  return as === 'scalar' ? {text: value} : imagePart(value, as)
}

function listText(value: Json): Converted {
  const members: readonly Json[] = Array.isArray(value) ? value : [value]
  if (members.some(member => member === null || typeof member === 'object'))
    return {problem: 'it is no list of texts'}
  return {text: members.map(String).join(',')}
}

function imagePart(image: string, part: 'repository' | 'tag'): Converted {
  if (image === '') return undefined
  const [whole, repository, tag, digest] = ecrImage.exec(image) ?? []
  if (whole === undefined || repository === undefined)
    return {problem: 'it is no image of an ECR repository, and the templates take no other'}
  if (part === 'repository') return {text: repository}
  if (digest !== undefined) return {problem: 'it names a digest, and the templates take a tag'}
  return {text: tag ?? 'latest'}
}
