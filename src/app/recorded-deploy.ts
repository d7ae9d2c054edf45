import {createHash} from 'node:crypto'
import type {DeploySettings} from '../steps/deploy/context.js'
import type {Recorded} from './start-recording.js'

/** What of a deployment's settings is recorded: no value of a NoEcho parameter, whatever it is. */
export function recordedDeploy(settings: DeploySettings): Recorded {
  const {layout, parameters, templates, express: isExpress} = settings
  const files = [...templates.files.values()]
  const isSecret = (name: string) => files.some(({template}) => template.parameters[name]?.noEcho === true)
  return {
    command: 'deploy',
    isExpress,
    layout,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, isSecret(name) ? '****' : value]),
    ),
    templates: {
      digest: templates.digest,
      files: Object.fromEntries(
        files.map(({name, text}) => [name, createHash('sha256').update(text).digest('hex')]),
      ),
    },
  }
}
