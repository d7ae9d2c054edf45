import {messages} from '../messages.js'
import type {OutputDeclaration} from '../template.js'
import {emptyRecord, isMap, member, type Value} from '../value.js'
import {defined} from './parameters.js'
import type {SectionReader} from './reader.js'

const known = new Set(['Value', 'Description', 'Export', 'Condition'])

/** Reads the `Outputs` section. */
export function readOutputs(reader: SectionReader): Record<string, OutputDeclaration> {
  const outputs = emptyRecord<OutputDeclaration>()
  for (const [name, value] of Object.entries(reader.section('Outputs'))) {
    const path = ['Outputs', name]
    const map = reader.object(value, path, 'Outputs')
    const unknown = Object.keys(map).filter(key => !known.has(key))
    if (unknown.length > 0)
      reader.fail([...path, ...unknown.slice(0, 1)], messages.unknownOutputMembers(unknown))
    outputs[name] = {
      value: member(map, 'Value') ?? reader.fail(path, messages.missingOutputValue),
      get line() {
        return reader.lineOf(path)
      },
      ...defined({
        description: reader.text(map, 'Description', path),
        condition: reader.text(map, 'Condition', path),
        exportName: exportName(reader, member(map, 'Export'), name),
      }),
    }
  }
  return outputs
}

function exportName(reader: SectionReader, value: Value | undefined, output: string): Value | undefined {
  if (value === undefined) return undefined
  const name = isMap(value) ? member(value, 'Name') : undefined
  return name ?? reader.fail(['Outputs', output, 'Export'], messages.exportName(output))
}
