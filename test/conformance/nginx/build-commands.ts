import {readFileSync} from 'node:fs'

const script = new URL('../../../cloudformation/functions/build-images.sh', import.meta.url)

/** What the build does to nginx in the registry's image, beyond what the application's own Dockerfile does. */
export function nginxCommands(): string[] {
  return Array.from(
    readFileSync(script, 'utf8').matchAll(/'RUN ([^'\n]+)'/g),
    ([, command = '']) => command,
  ).filter(command => command.includes('/etc/nginx'))
}
