//! Plays a federation flow in the primer's account and prints what came of every step, as JSON.
//!
//! ```sh
//! cargo run --release --no-default-features --example flow -- --list
//! cargo run --release --no-default-features --example flow -- web-identity --provider google --fault wrong-audience
//! ```
//!
//! `--set KEY=VALUE` sets an input, as often as there are inputs to set; `--account` runs the flow in another account,
//! which is made. Time stands still at 2026-12-01T09:00:00Z, so that the same call prints the same.
//!
//! `--table` alone prints the table of the documentation, in Markdown.

use std::io::{self, Write};
use std::process::ExitCode;

use iam_playground::eval::situation::{Library, Memo};
use iam_playground::federation::{self, FLOWS, Flow, Inputs, Seals};
use iam_playground::ident::AccountId;
use iam_playground::model::{Time, example};

/// 2026-12-01T09:00:00Z.
const NOW: Time = Time(1_796_115_600);

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = match arguments.as_slice() {
        [only] if only == "--table" => Ok(federation::table(&FLOWS)),
        arguments => answered(arguments).map(|json| format!("{json:#}\n")),
    };
    match text {
        Ok(text) => {
            io::stdout().write_all(text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            eprintln!("{error}");
            Ok(ExitCode::from(2))
        }
    }
}

fn answered(arguments: &[String]) -> Result<serde_json::Value, String> {
    let usage = "Name a flow, or ask for all of them with --list.";
    let (first, rest) = arguments.split_first().ok_or(usage)?;
    if first == "--list" {
        return Ok(federation::list(&FLOWS));
    }
    let flow = federation::flow(first).ok_or_else(|| {
        let names: Vec<&str> = FLOWS.iter().map(|flow| flow.id).collect();
        format!("There is no flow `{first}`. These are there: {}.", names.join(", "))
    })?;
    let inputs = inputs(flow, rest)?;
    let (library, memo) = (Library::default(), Memo::default());
    let run = federation::run(flow, &example::primer(), &inputs, &Seals::default(), (&library, &memo));
    Ok(federation::outcomes(flow, &inputs, &run))
}

fn inputs(flow: &'static Flow, rest: &[String]) -> Result<Inputs, String> {
    let mut inputs = Inputs::new(flow, NOW);
    let pairs: Vec<(&str, &str)> = rest
        .chunks(2)
        .map(|pair| match pair {
            [option, value] => Ok((option.as_str(), value.as_str())),
            _ => Err(format!("`{}` wants a value after it.", pair.join(" "))),
        })
        .collect::<Result<_, _>>()?;
    // The provider first: what faults and inputs there are depends on it.
    for (_, id) in pairs.iter().filter(|(option, _)| *option == "--provider") {
        let names: Vec<&str> = flow.variants.iter().map(|variant| variant.id).collect();
        inputs.variant = flow
            .variant(id)
            .ok_or_else(|| format!("`{}` has no provider `{id}`. These are there: {}.", flow.id, names.join(", ")))?;
    }
    for (option, value) in pairs {
        match option {
            "--provider" => {}
            "--account" => inputs.account = AccountId::parse(value).map_err(|error| error.to_string())?,
            "--fault" => {
                let names: Vec<&str> = flow.faults_of(inputs.variant).map(|fault| fault.id).collect();
                let fault = flow.fault(value, inputs.variant);
                inputs.fault = Some(fault.ok_or_else(|| {
                    format!("There is no fault `{value}` here. These are there: {}.", names.join(", "))
                })?);
            }
            "--set" => set(flow, &mut inputs, value)?,
            other => {
                return Err(format!("`{other}` is not known. Options are --provider, --fault, --set and --account."));
            }
        }
    }
    Ok(inputs)
}

fn set(flow: &'static Flow, inputs: &mut Inputs, pair: &str) -> Result<(), String> {
    let (key, value) = pair.split_once('=').ok_or_else(|| format!("`{pair}` is no KEY=VALUE."))?;
    let names: Vec<&str> = flow.inputs_of(inputs.variant).map(|(input, _)| input.id).collect();
    let input = flow.inputs_of(inputs.variant).find(|(input, _)| input.id == key);
    let (input, _) =
        input.ok_or_else(|| format!("There is no input `{key}` here. These are there: {}.", names.join(", ")))?;
    if let Some(error) = input.error(value) {
        return Err(format!("`{key}` takes {error}; `{value}` is not."));
    }
    inputs.values.insert(input.id, value.to_owned());
    Ok(())
}
