/** What the templates declare, as Markdown tables. */

/** A longer list of allowed values is told by its ends. */
const mostValues = 10

/** How many resources of which type a stack has with default parameters, "2 of 4" where a condition holds some back. */
export function resourceTable({stacks, resources}) {
  const types = [...new Set(resources.map(({type}) => type))].sort()
  const counted = members => {
    const existing = members.filter(({exists}) => exists).length
    if (members.length === 0) return ''
    return existing === members.length ? String(existing) : `${existing} of ${members.length}`
  }
  const columns = stacks.map(({key}) => key)
  const rowOf = (title, members) => [
    title,
    ...columns.map(key => counted(members.filter(({stack}) => stack === key))),
    counted(members),
  ]
  return table(
    ['type', ...columns, 'all'],
    [
      ...types.map(type =>
        rowOf(
          `\`${type}\``,
          resources.filter(resource => resource.type === type),
        ),
      ),
      rowOf('**all**', resources),
    ],
  )
}

/** The parameters of the main template under the headings that the console shows too. */
export function parameterTables({stacks: [{template}]}) {
  const {ParameterGroups, ParameterLabels} = template.metadata['AWS::CloudFormation::Interface']
  const names = ParameterGroups.flatMap(({Parameters}) => Parameters)
  const missing = Object.keys(template.parameters).filter(
    name => !names.includes(name) || !ParameterLabels[name],
  )
  if (missing.length > 0)
    throw new Error(`main-stack.yaml has no group or no label for ${missing.join(', ')}.`)
  return ParameterGroups.map(({Label, Parameters}) => {
    const rows = Parameters.map(name => {
      const declaration = template.parameters[name]
      return [
        `\`${name}\``,
        defaultOf(declaration),
        cell(`${declaration.description}${declaration.noEcho ? ' Never shown.' : ''}`),
        constraintOf(declaration),
      ]
    })
    return `### ${Label.default}\n\n${table(['parameter', 'default', 'meaning', 'constraint'], rows)}`
  }).join('\n\n')
}

export function outputTable({stacks: [{template}]}) {
  const rows = Object.entries(template.outputs).map(([name, {description}]) => [
    `\`${name}\``,
    cell(description),
  ])
  return table(['output', 'meaning'], rows)
}

export function table(head, rows) {
  const line = cells => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

function defaultOf(declaration) {
  if (declaration.default === undefined) return 'none: must be given'
  return declaration.default === '' ? 'empty' : `\`${declaration.default}\``
}

function constraintOf({allowedValues, constraintDescription, minValue, maxValue}) {
  if (allowedValues) return valuesOf(allowedValues.map(value => `\`${value}\``))
  const range = minValue !== undefined && maxValue !== undefined ? `${minValue} to ${maxValue}.` : ''
  return cell(constraintDescription ?? range)
}

function valuesOf(values) {
  if (values.length <= mostValues) return values.join(', ')
  return `one of ${values.length} values from ${values[0]} to ${values.at(-1)}`
}

/** Text that a table's cell can hold. */
function cell(text = '') {
  return text
    .replaceAll('|', '\\|')
    .replaceAll(/([<*_])/g, '\\$1')
    .replaceAll('\n', ' ')
    .trim()
}
