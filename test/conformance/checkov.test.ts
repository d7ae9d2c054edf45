import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, inject, test} from 'vitest'
import {exceptionsIn} from '../helpers/security-exceptions.js'
import {run} from './clients.js'

const project = fileURLToPath(new URL('../..', import.meta.url))
const templates = readdirSync(join(project, 'cloudformation'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => ({name, text: readFileSync(join(project, 'cloudformation', name), 'utf8')}))

/** What nobody may slip into a template: open to all, not encrypted, and not excepted because others are. */
const planted = `Resources:
  PlantedBucket:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
  PlantedDatabase:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: '20'
      StorageEncrypted: false
      PubliclyAccessible: true
  PlantedSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Planted
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0, Description: Anybody}
  PlantedLogGroup:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 30
`
const findings = [
  'CKV_AWS_20 AWS::S3::Bucket.PlantedBucket',
  'CKV_AWS_16 AWS::RDS::DBInstance.PlantedDatabase',
  'CKV_AWS_17 AWS::RDS::DBInstance.PlantedDatabase',
  'CKV_AWS_24 AWS::EC2::SecurityGroup.PlantedSecurityGroup',
  'CKV_AWS_158 AWS::Logs::LogGroup.PlantedLogGroup',
]

describe('checkov with the checked-in configuration', () => {
  test('finds nothing in the five templates that is not excepted beside its resource', async () => {
    const {code, report} = await checkov(project)
    expect(report.results.failed_checks).toEqual([])
    expect(report.results.parsing_errors).toEqual([])
    expect(code).toBe(0)
    expect(report.summary.passed).toBeGreaterThan(150)
    // The main template has nested stacks alone, about which checkov asks nothing.
    expect(filesOf(report)).toEqual(
      expect.arrayContaining(
        templates.map(({name}) => `/${name}`).filter(name => name !== '/main-stack.yaml'),
      ),
    )
  })

  test('finds defects in every one of them, needs every exception, and looks at what is conditional too', async () => {
    const copy = join(inject('deployed').folder, 'insecure')
    mkdirSync(join(copy, 'cloudformation'), {recursive: true})
    writeFileSync(join(copy, '.checkov.yaml'), readFileSync(join(project, '.checkov.yaml')))
    for (const {name, text} of templates) {
      // checkov leaves out what a condition leaves out with the defaults of the parameters.
      const unconditional = text.replaceAll(/^ {4}Condition: \w+\n/gm, '')
      const file = join(copy, 'cloudformation', name)
      writeFileSync(file, unconditional.replace(/^Resources:\n/m, planted))
    }
    const {code, report} = await checkov(copy)
    expect(code).toBe(1)

    const failed = report.results.failed_checks as any[]
    const named = failed.map(({file_path, check_id, resource}) => `${file_path} ${check_id} ${resource}`)
    for (const {name} of templates) {
      expect(named).toEqual(expect.arrayContaining(findings.map(finding => `/${name} ${finding}`)))
    }
    expect(named.filter(name => !name.includes('.Planted'))).toEqual([])

    const skipped = (report.results.skipped_checks as any[]).map(({check_id, resource, check_result}) => {
      return `${resource.split('.')[1]} ${check_id}: ${check_result.suppress_comment}`
    })
    const excepted = templates.flatMap(({text}) => exceptionsIn(text))
    expect(skipped.sort()).toEqual(
      excepted.map(({resource, check, reason}) => `${resource} ${check}: ${reason}`).sort(),
    )
  })
})

async function checkov(folder: string): Promise<{code: number; report: any}> {
  const {code, stdout, stderr} = await run('checkov', ['--output', 'json'], folder)
  expect(stderr).toBe('')
  return {code, report: JSON.parse(stdout)}
}

function filesOf({results}: any): string[] {
  const checks = [...results.passed_checks, ...results.skipped_checks] as any[]
  return [...new Set(checks.map(check => check.file_path))]
}
