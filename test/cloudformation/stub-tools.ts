import {spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'

const script = readFileSync(
  new URL('../../cloudformation/functions/build-images.sh', import.meta.url),
  'utf8',
)

/** Notes every call. The bucket is a folder; `head-error` is what a look-up says instead, `copy-error` a file not given. */
const aws = `#!/usr/bin/env bash
echo "aws $*" >> "$STUBS/calls"
case "$1 $2" in
  'ecr get-login-password') echo token ;;
  's3api head-object')
    if [[ -f "$STUBS/head-error" ]]; then cat "$STUBS/head-error" >&2; exit 254; fi
    [[ -f "$STUBS/bucket/$6" ]] ||
      { echo 'An error occurred (404) when calling the HeadObject operation: Not Found' >&2; exit 254; }
    echo '{"ContentLength": 1}' ;;
  's3 cp')
    key="\${4#s3://*/}"
    [[ -f "$STUBS/bucket/$key" && "$key" != */"$(cat "$STUBS/copy-error" 2> /dev/null)" ]] || { echo 'fatal error: An error occurred (404)' >&2; exit 1; }
    cp "$STUBS/bucket/$key" "$5" ;;
  *) echo "no stand-in for aws $*" >&2; exit 252 ;;
esac
`

/** Notes every call; `fail` holds the image whose build fails, `refuse` how often the push of one is refused. */
const docker = `#!/usr/bin/env bash
echo "docker $*" >> "$STUBS/calls"
case "$1" in
  login) cat > /dev/null ;;
  build) [[ ! -f "$STUBS/fail" || " $* " != *" --tag mcp-gateway-$(cat "$STUBS/fail"):built "* ]] ;;
  push)
    while read -r image times; do
      [[ "$3" == *"-$image:"* ]] || continue
      (( $(grep -c -- "$*" "$STUBS/calls") > times )) || { echo 'denied: try again' >&2; exit 1; }
    done < <(cat "$STUBS/refuse" 2> /dev/null) ;;
  load) echo "Loaded image: of-somebody/$(basename "$4" .tar.gz):1" ;;
  image) echo linux/amd64 ;;
  pull | tag) ;;
  *) echo "no stand-in for docker $*" >&2; exit 1 ;;
esac
`

/** build-images.sh in a folder of its own, with stand-ins for what it calls; nothing waits. */
export class ImageBuild {
  readonly folder = mkdtempSync(join(tmpdir(), 'mcpgw-images-'))

  constructor() {
    for (const [name, text] of Object.entries({aws, docker, sleep: '#!/bin/sh\n'})) {
      this.write(`bin/${name}`, text)
      chmodSync(join(this.folder, 'bin', name), 0o755)
    }
    // The failed images go to a fixed place of the build machine.
    this.write('build-images.sh', script.replaceAll('/tmp/failed-images', join(this.folder, 'failed-images')))
    this.write('source/.keep', '')
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), {recursive: true})
    writeFileSync(path, text)
  }

  read(name: string): string {
    const path = join(this.folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  /** Every call of a stand-in, in order. */
  get calls(): string[] {
    return this.read('calls').trim().split('\n')
  }

  /** Runs the script in the folder `source`; output is both streams. */
  run(env: NodeJS.ProcessEnv = {}): Promise<{code: number | null; output: string}> {
    const child = spawn('bash', [join(this.folder, 'build-images.sh')], {
      cwd: join(this.folder, 'source'),
      env: {
        PATH: [join(this.folder, 'bin'), process.env.PATH].join(delimiter),
        TMPDIR: this.folder,
        STUBS: this.folder,
        AWS_ACCOUNT_ID: '123456789012',
        ECR_REGISTRY: 'registry.test',
        REPOSITORY_PREFIX: 'demo',
        IMAGE_TAG: 'latest',
        UPSTREAM_VERSION: '1.0.7',
        CONTAINER_IMAGES_BUCKET: '',
        CONTAINER_IMAGES_PREFIX: '',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        output += chunk
      })
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', code => resolve({code, output}))
    })
  }

  remove(): void {
    rmSync(this.folder, {recursive: true, force: true})
  }
}
