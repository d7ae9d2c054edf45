import type {KnownFailure} from './known-failure.js'

/** The image build, and the custom resource that waits for it. */
export const builds: readonly KnownFailure[] = [
  {
    id: 'build-timed-out',
    reason: /The image build \S+ ended with TIMED_OUT|BUILD_TIMED_OUT/,
    meaning: 'The image build took longer than the time that its project gives it.',
    advice:
      'Read the end of its log for what it waited for. Importing the images takes minutes instead: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'build-stopped',
    reason: /The image build \S+ ended with STOPPED/,
    meaning: 'Somebody stopped the image build, in the console or because the stack was given up.',
    advice: 'Find out who; deploying again starts another build.',
  },
  {
    id: 'build-fault',
    reason: /The image build \S+ ended with FAULT|INTERNAL_SERVICE_ERROR/,
    meaning: 'CodeBuild itself failed; nothing in the images is to blame.',
    advice: 'Deploy again. When it comes again, look at the AWS Health Dashboard of the region.',
  },
  {
    id: 'build-not-provisioned',
    reason: /The image build \S+ ended with FAILED in phase (QUEUED|PROVISIONING)/,
    meaning: 'CodeBuild found no machine for the image build, or could not give it its role or its log.',
    advice:
      'Deploy again. When it comes again, restore the role of the build project if it was changed by hand.',
  },
  {
    id: 'github-unreachable',
    reason:
      /unable to access 'https:\/\/github\.com|Could not resolve host: (github|codeload)|Failed to connect to github\.com/i,
    meaning: 'The image build could not fetch the sources from GitHub.',
    advice:
      'Look at githubstatus.com and deploy again, or import the images: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'source-missing',
    reason: /Remote branch \S+ not found|couldn't find remote ref|CLIENT_ERROR: the source could/i,
    meaning: 'The sources of that version do not exist at GitHub.',
    advice: 'Correct `--set GitHubBranch=…`; the default is the version that the templates were made for.',
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
    meaning: 'CodeBuild refused to begin the image build; the message has its reason.',
    advice: 'Correct what the reason names.',
  },
  {
    id: 'custom-resource-silent',
    reason: /did not receive a response from your Custom Resource/,
    meaning:
      'The function behind the image build never answered: it was deleted, could not be started, or had no way to CloudFormation.',
    advice:
      'Read its log: CloudWatch, Log groups, /aws/lambda/ and the name of the environment. The message has the id of the request.',
  },
  {
    id: 'custom-resource-not-invoked',
    types: /^(Custom::|AWS::CloudFormation::CustomResource)/,
    reason: /Function not found|lambda:InvokeFunction|Rate Exceeded|TooManyRequestsException/i,
    meaning: 'CloudFormation could not call the function behind the image build.',
    advice:
      'If the function was deleted by hand, tear the environment down and deploy again; if it was throttled, deploy again.',
  },
]
