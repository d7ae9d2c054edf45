import {looksLikeHeading} from '../layout.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'
import {type LineEdit, lineOf} from './written.js'
import {members, planted, sections} from './written-members.js'

const headings = sections.flatMap(({label, name: section, comments}) =>
  comments.flatMap(({lines: [text = '']}) => (looksLikeHeading(text) ? [{label, section, text}] : [])),
)
const firstHeadings = sections.flatMap(({label, name}) =>
  headings.filter(heading => heading.label === label && heading.section === name).slice(0, 1),
)

/** Changes the lines of a heading, found in its section: `Keycloak` is one in two of them. */
const atHeading =
  ({section, text}: (typeof headings)[number], edit: (title: string) => readonly string[]): LineEdit =>
  lines => {
    const at = lineOf(lines, `  ${text}`, lineOf(lines, `${section}:`))
    return lines.toSpliced(at, 1, ...edit(text.slice('# ---- '.length, -' ----'.length)))
  }

export const headingMutations: readonly Mutation[] = [
  ...some(headings, 4).flatMap(heading => {
    const {label, section, text} = heading
    const title = text.slice('# ---- '.length, -' ----'.length)
    const styles = [
      `# === ${title} ===`,
      `# --- ${title} ---`,
      `# ---- ${title}. ----`,
      `# ---- ${title}`,
      `# ---- ${title.toLowerCase()} ----`,
      `## ${title}`,
    ]
    const box = `# ${'-'.repeat(60)}`
    return [
      ...styles.map(style =>
        planted(
          `${section} heading as "${style}"`,
          label,
          ` "${style}"`,
          atHeading(heading, () => [`  ${style}`]),
        ),
      ),
      planted(
        `${section} heading ${title} in a box`,
        label,
        ` "${box}"`,
        atHeading(heading, () => [`  ${box}`, `  # ${title}`, `  ${box}`]),
      ),
      planted(
        `${section} heading ${title} further in`,
        label,
        ` "${text}"`,
        atHeading(heading, () => [`    ${text}`]),
      ),
      planted(
        `${section} heading ${title} twice`,
        label,
        ` "${text}"`,
        atHeading(heading, () => [`  ${text}`, '', `  ${text}`]),
      ),
      planted(
        `two empty lines before ${section} heading ${title}`,
        label,
        ` "${text}"`,
        atHeading(heading, () => ['', '', `  ${text}`]),
      ),
    ]
  }),
  ...firstHeadings.map(heading => {
    const first = members.find(({label, section}) => label === heading.label && section === heading.section)
    return planted(
      `no heading ${heading.text} over the first of ${heading.section}`,
      heading.label,
      `.${first?.name}`,
      atHeading(heading, () => []),
    )
  }),
  ...some(
    headings.filter(({section}) => section === 'Parameters'),
    4,
  ).map(heading => {
    const first = members.find(
      ({label, section, heading: over}) =>
        label === heading.label && section === heading.section && over?.lines[0] === heading.text,
    )
    return planted(
      `another title than the group's over ${first?.name}`,
      heading.label,
      `.${first?.name}`,
      atHeading(heading, title => [`  # ---- ${title} and more ----`]),
    )
  }),
]
