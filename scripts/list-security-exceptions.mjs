/**
 * Writes the exceptions from checkov's checks into docs/security-review.md, between its markers, from the comments
 * beside the resources of the templates: `npm run docs`. test/docs/security-review.test.ts fails when the page is not
 * current.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'

const page = new URL('../docs/security-review.md', import.meta.url)
const folder = new URL('../cloudformation/', import.meta.url)
const severities = ['high', 'medium', 'low']

/** What a check asks for, and its severity in Palo Alto Networks' policy reference. */
const checks = {
  CKV_AWS_2: ['medium', 'Load balancers speak HTTPS'],
  CKV_AWS_23: ['low', 'Every rule of a security group has a description'],
  CKV_AWS_26: ['medium', 'Topics are encrypted'],
  CKV_AWS_51: ['low', 'Image tags never move'],
  CKV_AWS_68: ['low', 'CloudFront has a web application firewall'],
  CKV_AWS_86: ['low', 'CloudFront logs requests'],
  CKV_AWS_91: ['low', 'Load balancers log requests'],
  CKV_AWS_103: ['high', 'Load balancers speak TLS 1.2 or later'],
  CKV_AWS_115: ['low', 'Functions have a limit of their own for running at the same time'],
  CKV_AWS_116: ['low', 'Functions have a queue for events that failed'],
  CKV_AWS_117: ['low', 'Functions run in a VPC'],
  CKV_AWS_118: ['low', 'Databases have enhanced monitoring'],
  CKV_AWS_136: ['low', "Repositories are encrypted with a customer's key"],
  CKV_AWS_149: ['low', "Secrets are encrypted with a customer's key"],
  CKV_AWS_158: ['low', "Log groups are encrypted with a customer's key"],
  CKV_AWS_162: ['low', 'Database clusters take IAM authentication'],
  CKV_AWS_174: ['low', 'CloudFront speaks TLS 1.2 or later to viewers'],
}

const text = readFileSync(page, 'utf8')
const section = /(<!-- exceptions -->\n)[\s\S]*?(<!-- exceptionsstop -->)/
if (!section.test(text)) throw new Error('docs/security-review.md has no section between exceptions markers.')
writeFileSync(
  page,
  text.replace(section, (_, begin, end) => `${begin}\n${table()}\n\n${end}`),
)

/** One row for each check and reason, the gravest first. */
function table() {
  const rows = new Map()
  for (const {check, reason, resource} of exceptions()) {
    const key = `${check} ${reason}`
    const row = rows.get(key) ?? {check, reason, resources: []}
    rows.set(key, {...row, resources: [...row.resources, `\`${resource}\``]})
  }
  const lines = [...rows.values()]
    .sort((a, b) => rank(a) - rank(b) || number(a) - number(b))
    .map(({check, reason, resources}) => {
      const [severity, title] = checks[check]
      return `| \`${check}\` | ${severity} | ${title} | ${resources.join(', ')} | ${reason} |`
    })
  return ['| check | severity | asks that | not held by | because |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  )
}

function exceptions() {
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .flatMap(name => {
      let resource = ''
      return readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .flatMap(line => {
          resource = /^ {2}(\w+):$/.exec(line)?.[1] ?? resource
          const [, check, reason] = /# checkov:skip=(\w+):(.*)$/.exec(line) ?? []
          if (check === undefined) return []
          if (checks[check] === undefined)
            throw new Error(`${name}: say in this script what ${check} asks for.`)
          return [{resource, check, reason}]
        })
    })
}

function rank({check}) {
  return severities.indexOf(checks[check][0])
}

function number({check}) {
  return Number(check.split('_').at(-1))
}
