//! What secrets look like: the shapes that the keys and tokens of common services have.
//!
//! A shape has one or more anchors, texts that every secret of it holds, so that most files are done with after a
//! search for those. What stands behind an anchor must be long enough, of the right letters, and as uneven as what
//! no person made up: `AKIAXXXXXXXXXXXXXXXX` is a placeholder.

/// A shape.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name, for policies.
    pub name: &'static str,
    /// What has it, for people.
    pub what: &'static str,
    /// The texts that begin it; in lower case where letters of either case are meant.
    pub anchors: &'static [&'static str],
    /// What stands behind an anchor.
    pub body: Body,
}

/// What stands behind an anchor.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// Nothing more is needed.
    Marker,
    /// The rest of the secret itself, which begins with the anchor.
    Token(Text),
    /// A value that is given to a name, of which the anchor is the end.
    Assigned(Text),
    /// A name and a password before the `@` of a URL.
    UserInfo,
}

/// A run of letters.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The letters.
    pub of: Alphabet,
    /// The fewest.
    pub least: usize,
    /// The most.
    pub most: usize,
    /// The least entropy for each letter, in tenths of a bit.
    pub tenths: u32,
}

/// The letters of a secret.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Alphabet {
    /// `A-Z2-7`
    Base32,
    /// `0-9a-fA-F`
    Hex,
    /// `0-9A-Za-z`
    Alphanumeric,
    /// Those and `_`.
    Word,
    /// Those and `-`.
    Dashed,
    /// Those and `.`.
    Dotted,
    /// `0-9A-Za-z+/=`
    Base64,
    /// What stands in a path of a URL.
    Path,
}

impl Alphabet {
    /// Whether a letter is one of them.
    #[must_use]
    pub fn has(self, letter: u8) -> bool {
        match self {
            Self::Base32 => matches!(letter, b'A'..=b'Z' | b'2'..=b'7'),
            Self::Hex => letter.is_ascii_hexdigit(),
            Self::Alphanumeric => letter.is_ascii_alphanumeric(),
            Self::Word => letter.is_ascii_alphanumeric() || letter == b'_',
            Self::Dashed => letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-'),
            Self::Dotted => letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-' | b'.'),
            Self::Base64 => letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/' | b'='),
            Self::Path => letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-' | b'/' | b'.'),
        }
    }
}

/// The names of the shapes.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|shape| shape.name)
}

/// The shape of that name.
#[must_use]
pub fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.name == name)
}

use Alphabet::{Alphanumeric, Base32, Base64, Dashed, Dotted, Hex, Path, Word};

const fn token(
    name: &'static str,
    what: &'static str,
    anchors: &'static [&'static str],
    of: Alphabet,
    length: (usize, usize),
    tenths: u32,
) -> Shape {
    Shape { name, what, anchors, body: Body::Token(Text { of, least: length.0, most: length.1, tenths }) }
}

const fn assigned(
    name: &'static str,
    what: &'static str,
    anchors: &'static [&'static str],
    of: Alphabet,
    length: (usize, usize),
    tenths: u32,
) -> Shape {
    Shape { name, what, anchors, body: Body::Assigned(Text { of, least: length.0, most: length.1, tenths }) }
}

/// Longer than any token: what is longer is other data.
const ANY: usize = 2_000;

/// Every shape.
pub const SHAPES: &[Shape] = &[
    token("age-secret-key", "an age secret key", &["AGE-SECRET-KEY-1"], Alphanumeric, (40, 80), 30),
    token("anthropic-key", "an Anthropic key", &["sk-ant-"], Dashed, (30, ANY), 35),
    token("atlassian-token", "an Atlassian token", &["ATATT3x", "ATCTT3x", "ATBB"], Dotted, (24, ANY), 35),
    token(
        "aws-access-key-id",
        "an AWS access key id",
        &["AKIA", "ASIA", "ABIA", "ACCA"],
        Base32,
        (16, 16),
        27,
    ),
    assigned(
        "aws-secret-access-key",
        "an AWS secret access key",
        &["aws_secret_access_key", "aws_secret_key", "awssecretaccesskey", "secretaccesskey", "awssecretkey"],
        Base64,
        (40, 40),
        35,
    ),
    token("azure-client-secret", "an Azure client secret", &["8Q~"], Dotted, (30, 40), 35),
    token("azure-storage-key", "an Azure storage key", &["AccountKey="], Base64, (80, 100), 35),
    token("clojars-token", "a Clojars token", &["CLOJARS_"], Alphanumeric, (50, 70), 30),
    assigned(
        "cloudflare-token",
        "a Cloudflare token",
        &["cloudflare_api_token", "cloudflare_token", "cf_api_token", "cloudflare_api_key", "cf_api_key"],
        Dashed,
        (37, 50),
        30,
    ),
    token("crates-io-token", "a crates.io token", &["cio"], Alphanumeric, (32, 32), 35),
    token("databricks-token", "a Databricks token", &["dapi"], Hex, (32, 32), 28),
    token(
        "digitalocean-token",
        "a DigitalOcean token",
        &["dop_v1_", "doo_v1_", "dor_v1_"],
        Hex,
        (60, 70),
        28,
    ),
    token(
        "discord-webhook",
        "a Discord webhook",
        &["https://discord.com/api/webhooks/", "https://discordapp.com/api/webhooks/"],
        Path,
        (50, ANY),
        35,
    ),
    token("docker-token", "a Docker token", &["dckr_pat_", "dckr_oat_"], Dashed, (20, 60), 30),
    token(
        "doppler-token",
        "a Doppler token",
        &["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."],
        Dotted,
        (36, 90),
        30,
    ),
    token("fly-token", "a Fly.io token", &["FlyV1 fm1_", "FlyV1 fm2_", "fo1_"], Base64, (40, ANY), 35),
    token("github-fine-grained-token", "a GitHub token", &["github_pat_"], Word, (60, 100), 35),
    token(
        "github-token",
        "a GitHub token",
        &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
        Alphanumeric,
        (36, 255),
        30,
    ),
    token(
        "gitlab-token",
        "a GitLab token",
        &["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "glft-", "glagent-", "glimt-", "gloas-"],
        Dotted,
        (20, ANY),
        30,
    ),
    token("google-api-key", "a Google key", &["AIza"], Dashed, (35, 35), 30),
    token("google-oauth-secret", "a Google OAuth secret", &["GOCSPX-"], Dashed, (20, 40), 30),
    token("google-oauth-token", "a Google OAuth token", &["ya29."], Dotted, (40, ANY), 35),
    assigned("google-service-account", "a Google service account", &["private_key_id"], Hex, (40, 40), 28),
    token("grafana-token", "a Grafana token", &["glc_", "glsa_"], Base64, (32, ANY), 30),
    token("heroku-key", "a Heroku key", &["HRKU-"], Dashed, (36, 70), 30),
    token("hugging-face-token", "a Hugging Face token", &["hf_", "api_org_"], Alphanumeric, (34, 40), 30),
    token(
        "json-web-token",
        "a JSON web token",
        &["eyJhbGciOi", "eyJ0eXAiOi", "eyJraWQiOi"],
        Dotted,
        (60, ANY),
        35,
    ),
    token("linear-key", "a Linear key", &["lin_api_", "lin_oauth_"], Alphanumeric, (32, 70), 30),
    token("mailgun-key", "a Mailgun key", &["key-"], Hex, (32, 32), 28),
    token("new-relic-key", "a New Relic key", &["NRAK-", "NRII-"], Dashed, (27, 32), 28),
    token("notion-token", "a Notion token", &["ntn_"], Alphanumeric, (40, 50), 30),
    token("npm-token", "an npm token", &["npm_"], Alphanumeric, (36, 36), 30),
    token(
        "openai-key",
        "an OpenAI key",
        &["sk-proj-", "sk-svcacct-", "sk-admin-", "T3BlbkFJ"],
        Dashed,
        (20, ANY),
        30,
    ),
    token("planetscale-token", "a PlanetScale token", &["pscale_pw_", "pscale_tkn_"], Dotted, (32, 70), 30),
    token("postman-key", "a Postman key", &["PMAK-"], Dashed, (50, 70), 28),
    Shape {
        name: "private-key",
        what: "a private key",
        anchors: &[
            "-----BEGIN PRIVATE KEY",
            "-----BEGIN RSA PRIVATE KEY",
            "-----BEGIN EC PRIVATE KEY",
            "-----BEGIN DSA PRIVATE KEY",
            "-----BEGIN OPENSSH PRIVATE KEY",
            "-----BEGIN ENCRYPTED PRIVATE KEY",
            "-----BEGIN PGP PRIVATE KEY BLOCK",
            "PuTTY-User-Key-File-",
        ],
        body: Body::Marker,
    },
    token("pulumi-token", "a Pulumi token", &["pul-"], Hex, (40, 40), 28),
    token(
        "pypi-token",
        "a PyPI token",
        &["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw"],
        Dashed,
        (50, ANY),
        35,
    ),
    token("rubygems-key", "a RubyGems key", &["rubygems_"], Hex, (48, 48), 28),
    token("sendgrid-key", "a SendGrid key", &["SG."], Dotted, (60, 75), 35),
    token("sentry-token", "a Sentry token", &["sntrys_", "sntryu_"], Base64, (40, ANY), 30),
    token("shopify-token", "a Shopify token", &["shpat_", "shpss_", "shpca_", "shppa_"], Hex, (32, 32), 28),
    token(
        "slack-token",
        "a Slack token",
        &["xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxr-", "xoxs-", "xoxe.", "xapp-"],
        Dotted,
        (24, ANY),
        28,
    ),
    token(
        "slack-webhook",
        "a Slack webhook",
        &["https://hooks.slack.com/services/", "https://hooks.slack.com/workflows/"],
        Path,
        (30, ANY),
        30,
    ),
    token("square-token", "a Square token", &["sq0atp-", "sq0csp-", "sq0idp-"], Dashed, (22, 60), 30),
    token(
        "stripe-key",
        "a Stripe key",
        &["sk_live_", "rk_live_", "sk_test_", "rk_test_"],
        Word,
        (20, 255),
        30,
    ),
    token("stripe-webhook-secret", "a Stripe webhook secret", &["whsec_"], Base64, (24, 100), 30),
    token("supabase-token", "a Supabase token", &["sbp_", "sb_secret_"], Word, (24, 60), 28),
    token("terraform-cloud-token", "a Terraform Cloud token", &[".atlasv1."], Dashed, (50, 80), 35),
    token("twilio-key", "a Twilio key", &["SK"], Hex, (32, 32), 28),
    Shape { name: "url-password", what: "a URL with a password", anchors: &["://"], body: Body::UserInfo },
    token("vault-token", "a Vault token", &["hvs.", "hvb.", "hvr."], Dashed, (24, ANY), 30),
    assigned(
        "generic-secret",
        "a secret",
        &[
            "api_key",
            "apikey",
            "api-key",
            "secret_key",
            "secretkey",
            "secret-key",
            "client_secret",
            "clientsecret",
            "client-secret",
            "access_token",
            "accesstoken",
            "auth_token",
            "authtoken",
            "private_token",
            "password",
            "passwd",
        ],
        Base64,
        (20, 200),
        38,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shape_has_a_name_of_its_own_and_anchors_that_can_be_found() {
        for (place, shape) in SHAPES.iter().enumerate() {
            assert!(SHAPES.iter().skip(place + 1).all(|other| other.name != shape.name), "{}", shape.name);
            assert!(!shape.anchors.is_empty(), "{}", shape.name);
            if let Body::Assigned(_) = shape.body {
                for anchor in shape.anchors {
                    assert_eq!(*anchor, anchor.to_ascii_lowercase(), "{}", shape.name);
                }
            }
        }
    }
}
