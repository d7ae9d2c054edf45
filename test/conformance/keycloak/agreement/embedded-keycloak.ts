import {CloudFormationClient, DescribeStacksCommand} from '@aws-sdk/client-cloudformation'
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import {Rehearsal} from '../../../e2e/mcpgw.js'
import {type Served, serve} from '../../../e2e/served.js'
import type {Party} from './party.js'

/** A Keycloak of an environment in an embedded account of its own, whose clock goes as ours: tokens live for their time. */
export class EmbeddedKeycloak {
  private constructor(
    readonly party: Party,
    private readonly rehearsal: Rehearsal,
    private readonly served: Served,
  ) {}

  /** Deploys in seconds, and then serves the same account at the speed of life. */
  static async start(): Promise<EmbeddedKeycloak> {
    const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
    const quick = await serve(rehearsal, '--speed', '2000')
    const deployed = await rehearsal.run(['deploy', '--yes', '--json', '--no-realm'], quick.env)
    await quick.stop()
    if (deployed.code !== 0) throw new Error(`The deployment failed: ${deployed.stdout}${deployed.stderr}`)
    const served = await serve(rehearsal, '--speed', '1')
    return new EmbeddedKeycloak(await partyOf(served), rehearsal, served)
  }

  async stop(): Promise<void> {
    await this.served.stop()
    await this.rehearsal.remove()
  }
}

async function partyOf({endpoint, clientConfig}: Served): Promise<Party> {
  const {Stacks = []} = await new CloudFormationClient(clientConfig).send(new DescribeStacksCommand({}))
  const outputs = Stacks.flatMap(({Outputs = []}) => Outputs)
  const output = (name: string) => String(outputs.find(({OutputKey}) => OutputKey === name)?.OutputValue)
  const secrets = new SecretsManagerClient(clientConfig)
  const SecretId = 'mcp-gateway-keycloak-admin'
  const {SecretString = '{}'} = await secrets.send(new GetSecretValueCommand({SecretId}))
  const {SecretList = []} = await secrets.send(
    new ListSecretsCommand({Filters: [{Key: 'name', Values: ['mcp-gateway-origin-header-keycloak-1']}]}),
  )
  const header = await secrets.send(new GetSecretValueCommand({SecretId: SecretList[0]?.Name}))
  return {
    endpoint,
    originHeaders: {'x-mcpgw-origin': String(header.SecretString)},
    publicUrl: output('KeycloakUrl'),
    balancerUrl: `http://${output('KeycloakAlbDnsName')}`,
    adminUser: 'admin',
    adminPassword: JSON.parse(SecretString).password,
  }
}
