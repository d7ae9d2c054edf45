import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {parseTemplate, referencesIn, type Template} from '../../src/template/index.js'
import {withoutResources} from '../../src/template/without-resources.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const file = 'cloudformation/main-stack.yaml'

test.each([file, 'test/fixtures/templates/0e63a41/main-stack.yaml'])(
  '%s is the same without a nested stack, but for that and what speaks of it',
  path => {
    const text = read(path)
    const names = ['ComputeStack', 'ServicesStack']
    const whole = parseTemplate(text)
    const rest = parseTemplate(withoutResources(text, names))
    const without = <T>(section: Readonly<Record<string, T>>, gone: readonly string[]) =>
      Object.fromEntries(Object.entries(section).filter(([key]) => !gone.includes(key)))
    const gone = Object.entries(whole.outputs).flatMap(([key, {value}]) =>
      referencesIn(value).some(({name}) => names.includes(name)) ? [key] : [],
    )
    expect(gone).toContain('RegistryUrl')
    expect(contentOf(rest)).toEqual(
      contentOf({
        ...whole,
        resources: without(whole.resources, names),
        outputs: without(whole.outputs, gone),
      }),
    )
  },
)

/** All sections, without the lines that they are in. */
function contentOf({parameters, mappings, conditions, rules, resources, outputs}: Template): unknown {
  const sections = {parameters, mappings, conditions, rules, resources, outputs}
  return JSON.parse(JSON.stringify(sections, (key, value) => (key === 'line' ? undefined : value)))
}

test('every way of speaking of a resource counts, and outputs that are all gone leave no section', () => {
  const kept = 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: 010\n'
  const outputs =
    '  One: {Value: !Ref B}\n  Two: {Value: !GetAtt B.Arn}\n  Three: {Value: !Sub "$' + '{B.Arn}-x"}\n'
  expect(withoutResources(`${kept}  B:\n    Type: AWS::SNS::Topic\nOutputs:\n${outputs}`, ['B'])).toBe(kept)
})
