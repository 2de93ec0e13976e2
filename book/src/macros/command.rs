use orion::prelude::*;

#[orion::slice]
pub mod notes {
    use super::*;

    #[derive(Deserialize)]
    pub struct Draft {
        text: String,
    }

    #[command(patch "/notes/{id}")]
    pub fn edit(_tx: &Tx, id: i64, draft: Signals<Draft>) -> Result<Reply> {
        ensure!(!draft.text.is_empty(), text = "Write something");
        Ok(Reply::signal("saved", id))
    }

    #[command(post "/notes/{id}/translate")]
    pub async fn translate(_cx: Cx, id: i64, viewer: &Viewer) -> Result<Reply> {
        Ok(Reply::signal(viewer.id(), id))
    }
}
