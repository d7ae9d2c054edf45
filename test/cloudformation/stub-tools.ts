import {spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

const weights = 'the weights'
const scripts = new URL('../../cloudformation/functions/', import.meta.url)

/** The eight images, in the order of the script. */
export const imageKeys = [
  'registry',
  'auth-server',
  'keycloak',
  'currenttime',
  'mcpgw',
  'realserverfaketools',
  'flight-booking-agent',
  'travel-assistant-agent',
]

/**
 * A stand-in for a program: a function of the shell that calls it, since a process of its own takes ten times as long, and a
 * build has a hundred. As in a process, nothing that it sets or ends is the caller's. It notes every call, and refuses one
 * that `refuse` names: a line of it is how often, and a part of the command line. What is said then is in `refusal`.
 */
const standIn = (name: string, body: string) => `
${name}() (
set +euo pipefail
call="${name} $*"
echo "$call" >> "$STUBS/calls"
# A program sees what is exported, and nothing else.
[[ "\${CLOUDFORMATION_REQUEST@a}" != *x* ]] || echo "shown: $CLOUDFORMATION_REQUEST" >> "$STUBS/calls"
[[ ! -f "$STUBS/refuse" ]] || while read -r times part; do
  if [[ "$call" == *"$part"* ]] && (( $(grep --count --fixed-strings -- "$part" "$STUBS/calls") <= times )); then
    [[ ! -f "$STUBS/refusal" ]] || echo "$(< "$STUBS/refusal")" >&2
    echo 'denied: try again' >&2
    exit 254
  fi
done < "$STUBS/refuse"
${body}
)
`

/** The bucket is a folder. */
const aws = `
case "$1 $2" in
  'ecr get-login-password') echo token ;;
  's3api list-objects-v2')
    found=$(cd "$STUBS/bucket" && find . -path "./$6*" -type f | sed 's|^[.]/||')
    echo "\${found:-None}" ;;
  's3api put-object') mkdir -p "$STUBS/bucket/\${6%/*}" && cp "$8" "$STUBS/bucket/$6" && echo '{"ETag": "x"}' ;;
  's3 cp') cp "$STUBS/bucket/\${4#s3://*/}" "$5" ;;
  *) echo "no stand-in for aws $*" >&2; exit 252 ;;
esac
`

/**
 * `fail` holds the image whose build fails, `half` the one of which only the beginning is saved. What the images say
 * of themselves is in `version`, `commit`, `architecture`, `base`, `base-digest`, `packages` and `models`, with `-KEY`
 * behind the name for one alone.
 */
const docker = `
said() {
  local file="$STUBS/$1-$key"
  [[ -f "$file" ]] || file="$STUBS/$1"
  if [[ -f "$file" ]]; then echo "$(< "$file")"; else echo "$2"; fi
}
case "$1" in
  login) cat > /dev/null ;;
  build)
    file=\${call#*--file }; file=\${file%% *}; cp "$file" "$STUBS/built-\${file##*/}"
    [[ ! -f "$STUBS/fail" || " $* " != *" --tag mcp-gateway-$(< "$STUBS/fail"):ready "* ]] ;;
  load) name=\${4##*/}; echo "Loaded image: of-somebody/\${name%.tar.gz}:1" ;;
  save)
    echo "layers of $2"
    [[ ! -f "$STUBS/half" || "$2" != "mcp-gateway-$(< "$STUBS/half"):latest" ]] || { echo 'no space left' >&2; exit 1; }
    echo 'and the rest' ;;
  run)
    key=\${7##*/demo-}; key=\${key#mcp-gateway-}; key=\${key%:*}
    case "$9" in
      *'pip freeze'*) said packages '' ;;
      *) said models '' ;;
    esac ;;
  image)
    key=\${5##*/demo-}; key=\${key%:*}
    case "$4" in
      *Architecture*) said architecture linux/amd64 ;;
      *base.name*) said base '' ;;
      *base.digest*) said base-digest '' ;;
      *version*) said version v1.0.7 ;;
      *revision*) said commit 0123456789abcdef0123456789abcdef01234567 ;;
      *RepoDigests*) printf '%s\\n' "elsewhere.test/it@sha256:00" "\${5%:*}@sha256:$(printf '%064d' "\${#key}")" ;;
      *Created*) echo 2026-01-02T03:04:05.678901234Z ;;
      *) echo "no stand-in for $4" >&2; exit 1 ;;
    esac ;;
  pull | push | tag) ;;
  *) echo "no stand-in for docker $*" >&2; exit 1 ;;
esac
`

/** Notes what it is asked for; \`model\` holds what the file of the model's weights is. */
const curl = `
while (( $# > 1 )); do [[ "$1" != --output ]] || file=$2; shift; done
mkdir -p "\${file%/*}"
if [[ "$file" == */model.safetensors ]]; then cat "$STUBS/model"; else echo "$1"; fi > "$file"
`

/** `head` is the commit that is checked out. */
const git = `
[[ "$*" == 'rev-parse HEAD' ]] || { echo "no stand-in for git $*" >&2; exit 1; }
cat "$STUBS/head"
`

/** The scripts of an image build in a folder of their own, with stand-ins for what they call; nothing waits. */
export class ImageBuild {
  readonly folder = mkdtempSync(join(tmpdir(), 'mcpgw-images-'))

  constructor() {
    const programs = Object.entries({aws, curl, docker, git, sleep: ''})
    this.write('stand-ins.sh', programs.map(([name, body]) => standIn(name, body)).join(''))
    for (const name of readdirSync(scripts).filter(file => file.endsWith('.sh'))) {
      const text = readFileSync(new URL(name, scripts), 'utf8')
      // The failed images go to a fixed place of the build machine; the weights are too long to be had here.
      this.write(
        name,
        text
          .replaceAll('/tmp/failed-images', join(this.folder, 'failed-images'))
          .replace(
            /^model_sha256=.*$/m,
            `model_sha256=${createHash('sha256').update(weights).digest('hex')}`,
          ),
      )
    }
    this.write('model', weights)
    this.write('head', `${'e2e87f3'.padEnd(40, '0')}\n`)
    this.write('source/.keep', '')
    this.write('bucket/.keep', '')
  }

  write(name: string, text: string | Uint8Array): void {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), {recursive: true})
    writeFileSync(path, text)
  }

  read(name: string): string {
    const path = join(this.folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  bytes(name: string): Buffer {
    return readFileSync(join(this.folder, name))
  }

  /** What was built from the Dockerfile of this name. */
  dockerfile(name: RegExp): string {
    const [file = 'none'] = readdirSync(this.folder).filter(one => one.startsWith('built-') && name.test(one))
    return this.read(file)
  }

  /** Every call of a stand-in, in order. */
  get calls(): string[] {
    return this.read('calls').trim().split('\n')
  }

  get pushes(): string[] {
    return this.calls.filter(call => call.startsWith('docker push'))
  }

  /** Runs the build in the folder `source`; output is both streams. */
  run(env: NodeJS.ProcessEnv = {}): Promise<{code: number | null; output: string}> {
    const child = spawn('bash', [join(this.folder, 'images.sh')], {
      cwd: join(this.folder, 'source'),
      env: {
        PATH: process.env.PATH,
        // What bash reads before a script.
        BASH_ENV: join(this.folder, 'stand-ins.sh'),
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
