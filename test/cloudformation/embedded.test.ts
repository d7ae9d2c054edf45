import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {parse} from 'yaml'
import {parseTemplate} from '../../src/template/index.js'

const folder = new URL('../../cloudformation/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const {resources} = parseTemplate(read('compute-stack.yaml'), 'compute-stack.yaml')
const propertiesOf = (logicalId: string) => resources[logicalId]?.properties as any

test('the build specification carries functions/build-images.sh as it is', () => {
  const {phases} = parse(propertiesOf('ContainerBuildProject').Source.BuildSpec)
  const [write, run] = phases.build.commands
  const [, file, end, script] = /^cat > (\S+) <<'(\w+)'\n(.*)\n\2\n$/s.exec(write) ?? []
  expect(`${script}\n`).toBe(read('functions/build-images.sh'))
  // The shell would take the rest of the script for commands.
  expect(script?.split('\n')).not.toContain(end)
  expect(run).toBe(`bash ${file}`)
})

test('the inline code of the build trigger is functions/build-trigger.js as it is', () => {
  expect(propertiesOf('BuildTriggerFunction').Code.ZipFile).toBe(read('functions/build-trigger.js'))
})
