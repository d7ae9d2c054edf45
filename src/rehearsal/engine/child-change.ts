import type {StackChange} from '../account/change-set.js'
import type {StackContext} from '../account/stack-context.js'
import {checkedParameters} from './parameters.js'
import {sharedText, templateOf} from './parsed-template.js'
import {templateAt} from './template-url.js'

/**
 * What the properties of a nested stack's resource make of the nested stack: its template from S3, its parameters
 * with defaults filled in, and the parent's tags besides its own.
 * @throws ResourceFailure or TemplateError with CloudFormation's message.
 */
export function childChange(parent: StackContext, properties: Record<string, unknown>): StackChange {
  const template = sharedText(templateAt(parent.world, String(properties.TemplateURL)))
  const given = Object.entries((properties.Parameters ?? {}) as Record<string, unknown>)
  return {
    template,
    parameters: checkedParameters(
      templateOf(template),
      Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    ),
    tags: childTags(parent.stack.tags, properties.Tags),
  }
}

/** The parent's tags and, stronger, those of the resource's property `Tags`. */
export function childTags(parents: Readonly<Record<string, string>>, tags: unknown): Record<string, string> {
  if (!Array.isArray(tags)) return {...parents}
  const own = tags.map((tag: {Key: unknown; Value: unknown}) => [String(tag.Key), String(tag.Value)])
  return {...parents, ...Object.fromEntries(own)}
}
