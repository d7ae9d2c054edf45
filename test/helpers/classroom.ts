import {Application} from './application.js'
import type {FakeAws} from './fake-aws.js'

/** Serves the application of environment `demo`, with the secrets that its templates make. */
export async function serveApplication(aws: FakeAws, now: () => number): Promise<Application> {
  const application = await Application.serve(now)
  aws.webEndpoint = application.endpoint
  const secret = (name: string, value: Record<string, string>) =>
    aws.secretValues.set(`demo-${name}`, JSON.stringify(value))
  secret('verify-login', {password: Application.verifyPassword})
  secret('keycloak-m2m-client-secret', {client_secret: Application.machineSecret})
  return application
}
