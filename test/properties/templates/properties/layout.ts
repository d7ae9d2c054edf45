import {labels} from '../../../../src/parity/templates/template-set.js'
import {layoutOf, looksLikeHeading, type WrittenComment, type WrittenSection} from '../layout.js'
import {perTemplate, perTemplates} from '../once.js'
import {differs, located, type Property, tooFew} from '../property.js'
import type {WrittenTemplate} from '../template-set.js'
import {shownIn} from './presentation.js'

/** What a parameter is and is without a choice, then what it takes, then what people read. */
const keyOrder = [
  ...['Type', 'Default', 'NoEcho'],
  ...['AllowedPattern', 'AllowedValues', 'MinLength', 'MaxLength', 'MinValue', 'MaxValue'],
  ...['Description', 'ConstraintDescription'],
]

const sectionOrder = [
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
  ...['Resources', 'Outputs'],
]

/** Sections whose members are several lines each, with an empty one between them. */
const spaced = ['Parameters', 'Rules', 'Resources', 'Outputs']

/** `# ---- Title ----`, and behind it, in lines of comment, why what follows is as it is. */
const heading = /^# ---- ([A-Z].*[^.:\s]) ----$/

/** Reading one template is having read all: whoever looks for something knows where it is and what it looks like. */
export const layout: Property = {
  id: 'layout',
  title: 'sections, headings, parameters and their keys are written in one order and one style',
  violations: ({templates}) => misplaced(templates),
}

const misplaced = perTemplates(templates => [
  ...tooFew(
    labels.flatMap(label => sectionsOf(templates[label]).flatMap(headingsOf)),
    60,
    'headings',
  ),
  ...labels.flatMap(label => misplacedIn(templates[label]).map(found => `${label}${found}`)),
])

const sectionsOf = perTemplate(({text}) => layoutOf(text))

/** What is wrong with one template, and where in it. */
const misplacedIn = perTemplate(template => {
  const sections = sectionsOf(template)
  return [
    ...inOrder(sections),
    ...drawnElsewhere(template.text, sections),
    ...sections.flatMap(section => [...inHeadings(section), ...inMembers(section)]),
    ...inParameters(template, sections),
  ]
})

function headingsOf({comments}: WrittenSection): WrittenComment[] {
  return comments.filter(({lines: [first = '']}) => looksLikeHeading(first))
}

function inOrder(sections: readonly WrittenSection[]): string[] {
  const names = sections.map(({name}) => name)
  const expected = sectionOrder.filter(name => names.includes(name))
  return [
    ...located(' sections', [differs('their order', names, expected)]),
    // The first two are one line each in most templates, and are together.
    ...sections.slice(2).flatMap(({name, gap}) => located(` section ${name}`, [empty(gap, 1, 'before')])),
  ]
}

/** Headings where no section has members: deeper inside one of them, or between sections. */
function drawnElsewhere(text: string, sections: readonly WrittenSection[]): string[] {
  const known = new Set(sections.flatMap(headingsOf).map(({lines: [first]}) => `  ${first}`))
  return text
    .split('\n')
    .filter(line => looksLikeHeading(line) && !known.has(line))
    .flatMap(line => located(` "${line.trim()}"`, ['it is where no heading does']))
}

function inHeadings(section: WrittenSection): string[] {
  const headings = headingsOf(section)
  const used = new Set(section.members.map(member => member.heading))
  return section.comments.flatMap(comment => {
    const [first = ''] = comment.lines
    return located(
      ` "${first}"`,
      headings.includes(comment)
        ? [
            !heading.test(first) && 'a heading is "# ---- Title ----"',
            empty(comment.gap, comment.isFirst ? 0 : 1, 'before'),
            empty(comment.gapBehind, 1, 'behind'),
            !used.has(comment) && 'nothing is under it',
          ]
        : [empty(comment.gapBehind, 0, 'behind')],
    )
  })
}

function inMembers(section: WrittenSection): string[] {
  if (!spaced.includes(section.name)) return []
  const hasHeadings = headingsOf(section).length > 0
  return section.members.flatMap(({name, gap, isFirst, heading}) =>
    located(`.${name}`, [
      empty(gap, isFirst ? 0 : 1, 'before'),
      hasHeadings && heading === undefined && 'it is under no heading',
    ]),
  )
}

/** Keys in order, and each group of the console under a heading of its name. */
function inParameters(template: WrittenTemplate, sections: readonly WrittenSection[]): string[] {
  const members = sections.find(({name}) => name === 'Parameters')?.members ?? []
  const places = shownIn(template).groups.flatMap(({name, parameters}) =>
    parameters.map(parameter => [`# ---- ${name} ----`, parameter]),
  )
  return members.flatMap(({name, keys, heading}, index) => {
    const expected = keyOrder.filter(key => keys.includes(key))
    return located(`.${name}`, [
      keys.length === 0 && 'it is written on one line',
      differs('the order of its keys', keys, expected),
      differs('its place among the parameters', [heading?.lines[0], name], places[index]),
    ])
  })
}

function empty(lines: number, expected: number, where: 'before' | 'behind'): string | undefined {
  return lines === expected ? undefined : `${lines} empty lines are ${where} it, not ${expected}`
}
