import type {KnownFailure} from './known-failure.js'

/** The image build, and the custom resource that waits for it. */
export const builds: readonly KnownFailure[] = [
  {
    id: 'build-timed-out',
    reason: /The image build \S+ ended with TIMED_OUT|BUILD_TIMED_OUT/,
    meaning: 'The image build took longer than the timeout of its project.',
    advice:
      'Read the end of its log to see what it was waiting for. Importing the images takes minutes instead: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'build-stopped',
    reason: /The image build \S+ ended with STOPPED/,
    meaning: 'Someone stopped the image build, in the console or by cancelling the stack operation.',
    advice: 'Find out who stopped it; deploying again starts another build.',
  },
  {
    id: 'build-fault',
    reason: /The image build \S+ ended with FAULT|INTERNAL_SERVICE_ERROR/,
    meaning: 'CodeBuild itself failed; the images are not the cause.',
    advice: 'Deploy again. If it fails again, check the AWS Health Dashboard of the region.',
  },
  {
    id: 'build-not-provisioned',
    reason: /The image build \S+ ended with FAILED in phase (QUEUED|PROVISIONING)/,
    meaning:
      'CodeBuild could not provision the image build: it had no capacity, or could not use the role or the log group of the project.',
    advice:
      'Deploy again. If it fails again, restore the role of the build project if it was changed by hand.',
  },
  {
    id: 'github-unreachable',
    reason:
      /unable to access 'https:\/\/github\.com|Could not resolve host: (github|codeload)|Failed to connect to github\.com/i,
    meaning: 'The image build could not download the source code from GitHub.',
    advice:
      'Check githubstatus.com and deploy again, or import the images: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'source-missing',
    reason: /Remote branch \S+ not found|couldn't find remote ref|CLIENT_ERROR: the source could/i,
    meaning: 'That version of the source code does not exist on GitHub.',
    advice: 'Correct `--set GitHubBranch=…`; the default is the version that the templates were written for.',
  },
  {
    id: 'image-set-unusable',
    reason: /(NoSuchKey|NoSuchBucket|Missing: s3:\/\/|does not match SHA256SUMS|contains no image)/,
    meaning: 'An image cannot be imported: its tarball is missing, damaged, or cannot be read.',
    advice: 'Check the set: `mcpgw images check --from s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'build-not-started',
    reason: /CodeBuild did not start a build of (?![\s\S]*Cannot have more than)/,
    meaning: 'CodeBuild refused to start the image build; the message has the reason.',
    advice: 'Correct what the message names.',
  },
  {
    id: 'custom-resource-silent',
    reason: /did not receive a response from your Custom Resource/,
    meaning:
      'The function behind the image build never answered: it was deleted, could not be started, or could not reach CloudFormation.',
    advice:
      'Read its log: CloudWatch, Log groups, /aws/lambda/ and the name of the environment. The message has the request ID.',
  },
  {
    id: 'custom-resource-not-invoked',
    types: /^(Custom::|AWS::CloudFormation::CustomResource)/,
    reason: /Function not found|lambda:InvokeFunction|Rate Exceeded|TooManyRequestsException/i,
    meaning: 'CloudFormation could not invoke the function behind the image build.',
    advice:
      'If the function was deleted by hand, tear the environment down and deploy again; if it was throttled, deploy again.',
  },
]
