// An embedded account of its own, whose time passes only when somebody says so.
import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {CloudFormationClient} from '@aws-sdk/client-cloudformation'
import {askAccount} from '../dist/rehearsal/process/holder.js'

const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))

/** Serves the account that is kept in a file, or a new one there. */
export async function serve(stateFile) {
  const child = spawn(
    process.execPath,
    [bin, 'rehearse', '--port', '0', '--speed', '1', '--state', stateFile, '--json'],
    {stdio: ['ignore', 'pipe', 'inherit']},
  )
  const variables = await new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', chunk => {
      output += chunk
      if (output.endsWith('}\n')) resolve(JSON.parse(output).variables)
    })
    child.on('exit', code => reject(new Error(`the account ended with ${code}`)))
  })
  const url = variables.AWS_ENDPOINT_URL
  const credentials = {
    accessKeyId: variables.AWS_ACCESS_KEY_ID,
    secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
  }
  const control = (method, path, body) =>
    askAccount(url, {method, path: `/_mcpgw/${path}`, body, key: credentials, limitMs: 600_000})
  // Its time stands still from here on: all of it is passed on purpose.
  await control('PUT', 'speed', 'max')
  return {
    child,
    pid: child.pid,
    url,
    stateFile,
    credentials,
    client: new CloudFormationClient({region: 'us-west-2', endpoint: url, credentials}),
    async passTime(seconds) {
      const {now} = await control('GET', 'account')
      await control('PUT', 'time', String(now + seconds * 1000))
    },
  }
}

export const stop = ({child}) =>
  new Promise(resolve => {
    child.on('exit', resolve)
    child.kill('SIGTERM')
  })
