import {labels} from '../../../../src/parity/templates/template-set.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'
import {exchanged, inMember, lineOf, nextFrom, placeIn} from './written.js'
import {members, planted, sections} from './written-members.js'

const parameters = members.filter(({section}) => section === 'Parameters')

/** Each two keys of a parameter that are next to each other. */
const neighbours = parameters.flatMap(({label, name, keys}) =>
  keys.slice(1).map((second, index) => ({label, name, first: keys[index] ?? '', second})),
)

const inKeys = [
  ...some(neighbours, 15).map(({label, name, first, second}) =>
    planted(
      `${second} of ${name} before ${first}`,
      label,
      `.${name}`,
      inMember('Parameters', name, exchanged(first, second)),
    ),
  ),
  ...some(parameters, 5).map(({label, name}) =>
    planted(
      `${name} on one line`,
      label,
      `.${name}`,
      inMember('Parameters', name, () => [`  ${name}: {Type: String, Default: ''}`, '']),
    ),
  ),
]

/** Where a member begins with its comment. */
const beginOf =
  ({section, name, comment}: (typeof members)[number]) =>
  (lines: readonly string[]) =>
    placeIn(lines, section, name)[0] - (comment?.lines.length ?? 0)

const inMembers = [
  ...some(
    members.filter(({isFirst, gap}) => !isFirst && gap === 1),
    12,
  ).flatMap(member => [
    planted(
      `two empty lines before ${member.section} ${member.name}`,
      member.label,
      `.${member.name}`,
      lines => lines.toSpliced(beginOf(member)(lines), 0, ''),
    ),
    // The first member under a heading would have it for a comment then, so that the heading is what is wrong.
    planted(
      `no empty line before ${member.section} ${member.name}`,
      member.label,
      isFirstUnderHeading(member) ? ` "${member.heading?.lines[0]}"` : `.${member.name}`,
      lines => lines.toSpliced(beginOf(member)(lines) - 1, 1),
    ),
  ]),
  ...some(
    parameters.filter(({label, name}) => name !== parameters.findLast(last => last.label === label)?.name),
    8,
  ).map(({label, name}) =>
    planted(`${name} as the last parameter`, label, `.${name}`, lines => {
      const [start, end] = placeIn(lines, 'Parameters', name)
      const behind = nextFrom(lines, lineOf(lines, 'Parameters:') + 1, /^\S/)
      return lines.toSpliced(behind, 0, ...lines.slice(start, end)).toSpliced(start, end - start)
    }),
  ),
]

function isFirstUnderHeading({label, section, name, heading}: (typeof members)[number]): boolean {
  const first = members.find(
    other => other.label === label && other.section === section && other.heading === heading,
  )
  return heading !== undefined && first?.name === name
}

const inSections = [
  ...labels.map(label =>
    planted('the parameters before the metadata', label, ' sections', lines => {
      const metadata = lineOf(lines, 'Metadata:')
      const start = lineOf(lines, 'Parameters:')
      const end = nextFrom(lines, start + 1, /^\S/)
      return lines.toSpliced(start, end - start).toSpliced(metadata, 0, ...lines.slice(start, end))
    }),
  ),
  ...sections
    .filter(({name}) => ['Parameters', 'Rules', 'Outputs'].includes(name))
    .map(({label, name}) =>
      planted(`no empty line before ${name}`, label, ` section ${name}`, lines => {
        const comment = lines.slice(0, lineOf(lines, `${name}:`)).findLastIndex(line => !line.startsWith('#'))
        return lines.toSpliced(comment, 1)
      }),
    ),
  ...some(
    members.filter(({comment}) => comment !== undefined),
    5,
  ).map(({label, section, name, comment}) =>
    planted(
      `an empty line between ${section} ${name} and its comment`,
      label,
      ` "${comment?.lines[0]}"`,
      lines => lines.toSpliced(placeIn(lines, section, name)[0], 0, ''),
    ),
  ),
]

export const layoutMutations: readonly Mutation[] = [...inKeys, ...inMembers, ...inSections]
