import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import {layoutOf} from '../layout.js'
import {loadTemplates} from '../template-set.js'
import type {Mutation} from './mutation.js'
import {editText, type LineEdit} from './written.js'

const templates = loadTemplates()

/** Every section of every template, as it is written. */
export const sections = labels.flatMap(label =>
  layoutOf(templates[label].text).map(section => ({label, ...section})),
)

/** A change of one text. `at` is where in it, as the property says it. */
export const planted = (name: string, label: Label, at: string, edit: LineEdit): Mutation => ({
  name: `${label}: ${name}`,
  property: 'layout',
  at: `${label}${at}`,
  plant: (_, texts) => editText(texts, label, edit),
})

/** Each parameter, rule, resource and output. */
export const members = sections
  .filter(({name}) => ['Parameters', 'Rules', 'Resources', 'Outputs'].includes(name))
  .flatMap(({label, name: section, members}) => members.map(member => ({label, section, ...member})))
