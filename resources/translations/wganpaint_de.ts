<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Also: {gestures}.</source>
        <translation>Auch: {gestures}.</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>Nicht gespeicherte Arbeit</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Tool options</source>
        <translation>Werkzeugoptionen</translation>
    </message>
    <message>
        <source>More: {bar}</source>
        <translation>Mehr: {bar}</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Changed outside the mask</source>
        <translation>Außerhalb geändert</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Known-region fit</source>
        <translation>Passung des Bekannten</translation>
    </message>
    <message>
        <source>This result</source>
        <translation>Dieses Ergebnis</translation>
    </message>
    <message>
        <source>This photo</source>
        <translation>Dieses Foto</translation>
    </message>
    <message numerus="yes">
        <source>{pixels} in %n frame(s)</source>
        <translation>
            <numerusform>{pixels} in %n Rahmen</numerusform>
            <numerusform>{pixels} in %n Rahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Photo pixels to fill, and the number of frames that the model sees to fill them.</source>
        <translation>Zu füllende Fotopixel und die Zahl der Rahmen, die das Modell dafür sieht.</translation>
    </message>
    <message>
        <source>Whether the model knows what surrounds the hole: how far the edges of its first guess agree with those of the known pixels, above all near the hole, and whether it would know the photo better turned.</source>
        <translation>Ob das Modell kennt, was das Loch umgibt: wie weit die Kanten seiner ersten Vermutung mit denen der bekannten Pixel übereinstimmen, vor allem nahe am Loch, und ob es das Foto gedreht besser kennen würde.</translation>
    </message>
    <message>
        <source>Now {score}; good from {good}.</source>
        <translation>Jetzt {score}; gut ab {good}.</translation>
    </message>
    <message>
        <source>{pixels}, file is lossy</source>
        <translation>{pixels}, Datei verlustbehaftet</translation>
    </message>
    <message>
        <source>counted when kept</source>
        <translation>folgt beim Übernehmen</translation>
    </message>
    <message>
        <source>Photo pixels outside all masks that differ from the opened file; must be 0. Counted each time a fill is kept.</source>
        <translation>Fotopixel außerhalb aller Masken, die von der geöffneten Datei abweichen; muss 0 sein. Bei jedem Übernehmen einer Füllung gezählt.</translation>
    </message>
    <message>
        <source>The file saved last is lossy and differs everywhere: save as PNG to keep every pixel exact.</source>
        <translation>Die zuletzt gespeicherte Datei ist verlustbehaftet und weicht überall ab: als PNG speichern, um jedes Pixel genau zu behalten.</translation>
    </message>
    <message>
        <source>Open a photo first, or drop one here.</source>
        <translation>Zuerst ein Foto öffnen oder hierher ziehen.</translation>
    </message>
    <message>
        <source>The model is loading; one moment.</source>
        <translation>Das Modell lädt; einen Moment.</translation>
    </message>
    <message>
        <source>You can change context weight and mask.</source>
        <translation>Kontextgewicht und Maske sind änderbar.</translation>
    </message>
    <message>
        <source>Keep the fill, look back, or resume.</source>
        <translation>Übernehmen, zurückblicken oder fortsetzen.</translation>
    </message>
    <message>
        <source>Copying from the rest of the photo…</source>
        <translation>Wird aus dem übrigen Foto kopiert…</translation>
    </message>
    <message>
        <source>Search with the model</source>
        <translation>Mit dem Modell suchen</translation>
    </message>
    <message>
        <source>Also fills the mask with the model.</source>
        <translation>Füllt die Maske auch mit dem Modell.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Continues from the present latents.</source>
        <translation>Setzt bei den jetzigen Latentvektoren fort.</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Copy from the rest of the photo, without the model: for anything but faces.</source>
        <translation>Aus dem übrigen Foto kopieren, ohne das Modell: für alles außer Gesichtern.</translation>
    </message>
    <message>
        <source>Search for a fill of the masked area.</source>
        <translation>Eine Füllung der maskierten Fläche suchen.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>What the model is trained on.</source>
        <translation>Womit das Modell trainiert wird.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>How the model is trained.</source>
        <translation>Wie das Modell trainiert wird.</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>These pictures cannot be used.</source>
        <translation>Diese Bilder lassen sich nicht verwenden.</translation>
    </message>
    <message>
        <source>Pause at any time; your photo stays open.</source>
        <translation>Jederzeit anhaltbar; das Foto bleibt offen.</translation>
    </message>
    <message>
        <source>Choose pictures first.</source>
        <translation>Zuerst Bilder wählen.</translation>
    </message>
    <message>
        <source>Checking the pictures…</source>
        <translation>Bilder werden geprüft…</translation>
    </message>
    <message>
        <source>A run named {name} already exists.</source>
        <translation>Einen Lauf namens {name} gibt es schon.</translation>
    </message>
    <message>
        <source>Time: unknown before a first run like this.</source>
        <translation>Dauer: vor einem ersten Lauf unbekannt.</translation>
    </message>
    <message>
        <source>About {time}, as earlier runs tell.</source>
        <translation>Etwa {time} nach früheren Läufen.</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>About {time} without the {names} updates, not measured yet.</source>
        <translation>Etwa {time} ohne noch nicht gemessene Updates ({names}).</translation>
    </message>
    <message>
        <source>Nothing to train: all numbers of updates are 0.</source>
        <translation>Nichts zu trainieren: alle Zahlen der Updates sind 0.</translation>
    </message>
    <message>
        <source>The later stages need a generator: train one, or start from a model.</source>
        <translation>Die späteren Stufen brauchen einen Generator: einen trainieren oder mit einem Modell beginnen.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>corruption</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation>PSNR, dB</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>L1</source>
        <translation>L1</translation>
    </message>
    <message>
        <source>critic score</source>
        <translation>Kritikerwert</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Contextual + perceptual</source>
        <translation>Kontext + Wahrnehmung</translation>
    </message>
    <message>
        <source>Critic only</source>
        <translation>Nur Kritiker</translation>
    </message>
    <message>
        <source>Contextual</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Critic</source>
        <translation>Kritiker</translation>
    </message>
    <message>
        <source>search-aware</source>
        <translation>suchbewusst</translation>
    </message>
    <message>
        <source>encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Open a photo or a project. You can also drop it on the window.</source>
        <translation>Ein Foto oder Projekt öffnen; auch durch Ziehen auf das Fenster.</translation>
    </message>
    <message>
        <source>Open sample portrait</source>
        <translation>Beispielporträt öffnen</translation>
    </message>
    <message>
        <source>Open a portrait to try WganPaint on.</source>
        <translation>Ein Porträt öffnen, um WganPaint auszuprobieren.</translation>
    </message>
    <message>
        <source>Previous photo in folder</source>
        <translation>Voriges Foto im Ordner</translation>
    </message>
    <message>
        <source>Next photo in folder</source>
        <translation>Nächstes Foto im Ordner</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Discard fills</source>
        <translation>Füllungen verwerfen</translation>
    </message>
    <message>
        <source>Discard mask</source>
        <translation>Maske verwerfen</translation>
    </message>
    <message>
        <source>Unsaved project</source>
        <translation>Projekt nicht gespeichert</translation>
    </message>
    <message>
        <source>Unsaved fill</source>
        <translation>Füllung nicht gespeichert</translation>
    </message>
    <message>
        <source>Fill not kept</source>
        <translation>Füllung nicht übernommen</translation>
    </message>
    <message>
        <source>Unsaved mask</source>
        <translation>Maske nicht gespeichert</translation>
    </message>
    <message>
        <source>{project} has unsaved changes.</source>
        <translation>{project} hat nicht gespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>This photo has unsaved fills.</source>
        <translation>Dieses Foto hat nicht gespeicherte Füllungen.</translation>
    </message>
    <message>
        <source>The fill that was found has not been kept.</source>
        <translation>Die gefundene Füllung wurde nicht übernommen.</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n fill(s) that were found has been kept.</source>
        <translation>
            <numerusform>Die gefundene Füllung wurde nicht übernommen.</numerusform>
            <numerusform>Keine der %n gefundenen Füllungen wurde übernommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its mask is not saved.</source>
        <translation>Seine Maske ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>The mask of this photo is not saved.</source>
        <translation>Die Maske dieses Fotos ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>Save the project first?</source>
        <translation>Das Projekt vorher speichern?</translation>
    </message>
    <message>
        <source>Save a project to continue later.</source>
        <translation>Ein Projekt speichern, um später weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>Keep a fill to make it part of the photo, or save a project to decide later.</source>
        <translation>Eine Füllung ins Foto übernehmen oder ein Projekt speichern, um später zu entscheiden.</translation>
    </message>
    <message>
        <source>Save the photo under a new name first?</source>
        <translation>Das Foto vorher unter neuem Namen speichern?</translation>
    </message>
    <message>
        <source>Only fills you kept are saved; a project holds everything.</source>
        <translation>Nur übernommene Füllungen werden gespeichert; ein Projekt enthält alles.</translation>
    </message>
    <message>
        <source>Save as projects</source>
        <translation>Als Projekte speichern</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>Alle verwerfen</translation>
    </message>
    <message>
        <source>{name} has unsaved work.</source>
        <translation>{name} hat nicht gespeicherte Arbeit.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have unsaved work.</source>
        <translation>
            <numerusform>%n Foto hat nicht gespeicherte Arbeit.</numerusform>
            <numerusform>%n Fotos haben nicht gespeicherte Arbeit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n other(s)</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>A project beside each photo holds all of it.</source>
        <translation>Ein Projekt neben jedem Foto enthält alles.</translation>
    </message>
    <message>
        <source>A project holds all of it.</source>
        <translation>Ein Projekt enthält alles.</translation>
    </message>
    <message>
        <source>fills kept</source>
        <translation>übernommene Füllungen</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message numerus="yes">
        <source>%n fill(s) found</source>
        <translation>
            <numerusform>%n Füllung gefunden</numerusform>
            <numerusform>%n Füllungen gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Save project…</source>
        <translation>Projekt speichern…</translation>
    </message>
    <message>
        <source>Save next to the original under a new name; nothing is overwritten.</source>
        <translation>Unter neuem Namen neben dem Original speichern; nichts wird überschrieben.</translation>
    </message>
    <message>
        <source>Open photo or project</source>
        <translation>Foto oder Projekt öffnen</translation>
    </message>
    <message>
        <source>Discard it and open again</source>
        <translation>Verwerfen und neu öffnen</translation>
    </message>
    <message>
        <source>{name} is open, with unsaved work.</source>
        <translation>{name} ist geöffnet und hat nicht gespeicherte Arbeit.</translation>
    </message>
    <message numerus="yes">
        <source>Opened the first of %n photo(s). Press PgDn or PgUp for the others.</source>
        <translation>
            <numerusform>Das erste von %n Foto ist geöffnet.</numerusform>
            <numerusform>Das erste von %n Fotos ist geöffnet. Zu den anderen mit Bild abwärts oder Bild aufwärts.</numerusform>
        </translation>
    </message>
    <message>
        <source>No more photos in this folder.</source>
        <translation>Keine weiteren Fotos in diesem Ordner.</translation>
    </message>
    <message>
        <source>Opening {path}: {percent}%</source>
        <translation>{path} wird geöffnet: {percent} %</translation>
    </message>
    <message>
        <source>Save photo</source>
        <translation>Foto speichern</translation>
    </message>
    <message>
        <source>Photo copied to the clipboard.</source>
        <translation>Foto in die Zwischenablage kopiert.</translation>
    </message>
    <message>
        <source>{kind} is lossy; save as PNG to keep every pixel exactly.</source>
        <translation>{kind} ist verlustbehaftet; als PNG bleibt jedes Pixel genau.</translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s) changed outside the mask.</source>
        <translation>
            <numerusform>%n Pixel außerhalb der Maske geändert.</numerusform>
            <numerusform>%n Pixel außerhalb der Maske geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The fill you see is not in the file: keep it (Enter), then save again.</source>
        <translation>Die sichtbare Füllung ist nicht in der Datei: übernehmen (Enter), dann erneut speichern.</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Als {name} gespeichert.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save the photo under a name you choose.</source>
        <translation>Das Foto unter einem gewählten Namen speichern.</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Project saved as {name}.</source>
        <translation>Projekt als {name} gespeichert.</translation>
    </message>
    <message>
        <source>Project saved as {name} without the candidates, because the mask no longer covers their frame.</source>
        <translation>Projekt als {name} gespeichert, ohne die Kandidaten, weil die Maske ihren Rahmen nicht mehr bedeckt.</translation>
    </message>
    <message>
        <source>Save photo, mask, frame and candidates in one file, so that you can continue later.</source>
        <translation>Foto, Maske, Rahmen und Kandidaten in einer Datei speichern, um später weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>Save project as…</source>
        <translation>Projekt speichern unter…</translation>
    </message>
    <message>
        <source>Save the project under a name you choose.</source>
        <translation>Das Projekt unter einem gewählten Namen speichern.</translation>
    </message>
    <message>
        <source>Load mask…</source>
        <translation>Maske laden…</translation>
    </message>
    <message>
        <source>Use an image as the mask; white areas are filled.</source>
        <translation>Ein Bild als Maske verwenden; weiße Flächen werden gefüllt.</translation>
    </message>
    <message>
        <source>Save mask…</source>
        <translation>Maske speichern…</translation>
    </message>
    <message>
        <source>Save the mask as an 8-bit PNG of the photo&apos;s size.</source>
        <translation>Die Maske als 8-Bit-PNG in der Größe des Fotos speichern.</translation>
    </message>
    <message>
        <source>Filled region…</source>
        <translation>Gefüllter Bereich…</translation>
    </message>
    <message>
        <source>Save only what was filled, as a PNG of the photo&apos;s size that is transparent elsewhere.</source>
        <translation>Nur das Gefüllte speichern, als PNG in der Größe des Fotos, sonst transparent.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Filled region, cropped…</source>
        <translation>Gefüllter Bereich, zugeschnitten…</translation>
    </message>
    <message>
        <source>Save only what was filled, as a PNG that is cropped to it.</source>
        <translation>Nur das Gefüllte speichern, als darauf zugeschnittenes PNG.</translation>
    </message>
    <message>
        <source>Photo with quality…</source>
        <translation>Foto mit Qualitätsstufe…</translation>
    </message>
    <message>
        <source>Save the photo as a lossy JPEG or WebP; shows the size and what changes first.</source>
        <translation>Das Foto als verlustbehaftetes JPEG oder WebP speichern; vorher sind Größe und Unterschiede zu sehen.</translation>
    </message>
    <message>
        <source>Film of the search…</source>
        <translation>Film der Suche…</translation>
    </message>
    <message>
        <source>Save the search as an animated WebP or GIF; before the fill is kept or discarded.</source>
        <translation>Die Suche als animiertes WebP oder GIF speichern, bevor die Füllung übernommen oder verworfen wird.</translation>
    </message>
    <message>
        <source>Fill a folder…</source>
        <translation>Ordner füllen…</translation>
    </message>
    <message>
        <source>Fill all photos of a folder, each with its own mask.</source>
        <translation>Alle Fotos eines Ordners füllen, jedes mit eigener Maske.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the last change.</source>
        <translation>Die letzte Änderung rückgängig machen.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Redo the change that was undone last.</source>
        <translation>Die zuletzt rückgängig gemachte Änderung wiederherstellen.</translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation>Foto kopieren</translation>
    </message>
    <message>
        <source>Copy the whole photo to the clipboard.</source>
        <translation>Das ganze Foto in die Zwischenablage kopieren.</translation>
    </message>
    <message>
        <source>Paste as new photo</source>
        <translation>Als neues Foto einfügen</translation>
    </message>
    <message>
        <source>Open the picture on the clipboard.</source>
        <translation>Das Bild aus der Zwischenablage öffnen.</translation>
    </message>
    <message>
        <source>Change shortcuts…</source>
        <translation>Tastenkürzel ändern…</translation>
    </message>
    <message>
        <source>Choose other keys for actions; keys that two actions share are shown.</source>
        <translation>Andere Tasten für Aktionen wählen; doppelt belegte Tasten werden angezeigt.</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Choose how the program looks and works.</source>
        <translation>Aussehen und Verhalten des Programms wählen.</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Paint over the area to fill. The right button erases; Shift+click draws a straight line.</source>
        <translation>Die Fläche zum Füllen übermalen. Rechte Maustaste radiert; Umschalt+Klick zieht eine gerade Linie.</translation>
    </message>
    <message>
        <source>Erase parts of the mask. Shift+click draws a straight line.</source>
        <translation>Teile der Maske radieren. Umschalt+Klick zieht eine gerade Linie.</translation>
    </message>
    <message>
        <source>Drag a rectangle. {modifiers}.</source>
        <translation>Ein Rechteck aufziehen. {modifiers}.</translation>
    </message>
    <message>
        <source>Drag an ellipse. {modifiers}.</source>
        <translation>Eine Ellipse aufziehen. {modifiers}.</translation>
    </message>
    <message>
        <source>Draw around the area to fill. {modifiers}.</source>
        <translation>Die Fläche umfahren. {modifiers}.</translation>
    </message>
    <message>
        <source>Click corner by corner, and on the first one to close. {modifiers}.</source>
        <translation>Ecke für Ecke klicken, zum Schließen auf die erste. {modifiers}.</translation>
    </message>
    <message>
        <source>Click on a colour. {modifiers}.</source>
        <translation>Auf eine Farbe klicken. {modifiers}.</translation>
    </message>
    <message>
        <source>Click inside a closed outline. {modifiers}.</source>
        <translation>In einen geschlossenen Umriss klicken. {modifiers}.</translation>
    </message>
    <message>
        <source>Drag the square the model sees, or a handle; the round one turns it.</source>
        <translation>Das Quadrat, das das Modell sieht, oder einen Griff ziehen; der runde dreht es.</translation>
    </message>
    <message>
        <source>Drag the photo. With any other tool, hold Space and drag.</source>
        <translation>Das Foto ziehen. Mit jedem anderen Werkzeug bei gedrückter Leertaste.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Addieren</translation>
    </message>
    <message>
        <source>Add to the mask.</source>
        <translation>Zur Maske hinzufügen.</translation>
    </message>
    <message>
        <source>Remove from the mask; so does the right button.</source>
        <translation>Aus der Maske entfernen, wie mit der rechten Maustaste.</translation>
    </message>
    <message>
        <source>Brush diameter in photo pixels, 1 to 2000, default fitted to the photo. Or Alt+wheel on the photo.</source>
        <translation>Durchmesser des Pinsels in Fotopixeln, 1 bis 2000, Standard: dem Foto angepasst. Oder Alt+Mausrad auf dem Foto.</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>Subtrahieren</translation>
    </message>
    <message>
        <source>Intersect</source>
        <translation>Schneiden</translation>
    </message>
    <message>
        <source>Keep only the part of the mask inside the shape; so do Shift and Alt together.</source>
        <translation>Nur den Teil der Maske in der Form behalten, wie mit Umschalt und Alt zusammen.</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>Model used for fills. See the Model tab for details.</source>
        <translation>Modell, mit dem gefüllt wird. Näheres im Reiter „Modell“.</translation>
    </message>
    <message>
        <source>Device that runs the search. Choose another one in the Fill tab, under More.</source>
        <translation>Gerät, auf dem die Suche läuft. Ein anderes lässt sich im Reiter „Füllen“ unter „Mehr“ wählen.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Sharpness of the brush&apos;s edge in percent, default 100: a soft edge blends the fill into the photo.</source>
        <translation>Schärfe des Pinselrands in Prozent, Standard: 100. Ein weicher Rand lässt die Füllung ins Foto übergehen.</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <source>How much a colour may differ from the one you click on, in any channel: 0 to 255 levels, default {level}.</source>
        <translation>Wie weit eine Farbe von der angeklickten abweichen darf, je Kanal: 0 bis 255 Stufen, Standard: {level}.</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Contiguous</source>
        <translation>Benachbart</translation>
    </message>
    <message>
        <source>Select only what is connected with the pixel you click on; otherwise that colour everywhere.</source>
        <translation>Nur auswählen, was mit dem angeklickten Pixel zusammenhängt; sonst diese Farbe überall.</translation>
    </message>
    <message>
        <source>How far the frame is turned, in degrees clockwise, -180 to 180, default 0. Or drag the round handle on the photo; Shift snaps to 15°.</source>
        <translation>Drehung des Rahmens in Grad im Uhrzeigersinn, -180 bis 180, Standard: 0. Oder den runden Griff im Foto ziehen; mit Umschalt in Schritten von 15°.</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Paint over the area to fill.</source>
        <translation>Die Fläche übermalen, die gefüllt werden soll.</translation>
    </message>
    <message>
        <source>right button, Alt or Ctrl erases, Shift+click draws a straight line</source>
        <translation>rechte Maustaste, Alt oder Strg radiert, Umschalt+Klick zieht eine gerade Linie</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Erase parts of the mask.</source>
        <translation>Teile der Maske radieren.</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Mask a rectangle.</source>
        <translation>Ein Rechteck maskieren.</translation>
    </message>
    <message>
        <source>Shift adds, Alt or Ctrl subtracts, both intersect; Shift while dragging makes a square</source>
        <translation>Umschalt addiert, Alt oder Strg subtrahiert, beide schneiden; Umschalt beim Ziehen macht ein Quadrat</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Mask an ellipse.</source>
        <translation>Eine Ellipse maskieren.</translation>
    </message>
    <message>
        <source>Shift adds, Alt or Ctrl subtracts, both intersect; Shift while dragging makes a circle</source>
        <translation>Umschalt addiert, Alt oder Strg subtrahiert, beide schneiden; Umschalt beim Ziehen macht einen Kreis</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Mask a freehand shape.</source>
        <translation>Eine freie Form maskieren.</translation>
    </message>
    <message>
        <source>Shift adds, Alt or Ctrl subtracts, both intersect</source>
        <translation>Umschalt addiert, Alt oder Strg subtrahiert, beide schneiden</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>Mask a shape with straight sides, corner by corner.</source>
        <translation>Eine Form mit geraden Seiten maskieren, Ecke für Ecke.</translation>
    </message>
    <message>
        <source>Enter closes, Backspace goes back</source>
        <translation>Enter schließt, Rücktaste geht zurück</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>Zauberstab</translation>
    </message>
    <message>
        <source>Mask the pixels of a colour.</source>
        <translation>Die Pixel einer Farbe maskieren.</translation>
    </message>
    <message>
        <source>Fill region</source>
        <translation>Bereich füllen</translation>
    </message>
    <message>
        <source>Mask the area inside a closed outline.</source>
        <translation>Die Fläche in einem geschlossenen Umriss maskieren.</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Move, resize and turn the square the model sees.</source>
        <translation>Das Quadrat, das das Modell sieht, verschieben, skalieren und drehen.</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>mäßig</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>The model hardly knows what surrounds the hole: this may not be what it was trained on.</source>
        <translation>Das Modell kennt kaum, was das Loch umgibt: vielleicht ist dies nicht, womit es trainiert wurde.</translation>
    </message>
    <message>
        <source>The model hardly knows what surrounds the hole: this may not be a face.</source>
        <translation>Das Modell kennt kaum, was das Loch umgibt: vielleicht ist dies kein Gesicht.</translation>
    </message>
    <message>
        <source>The model hardly knows what surrounds the hole: this may not be what it was trained on, or it is tilted.</source>
        <translation>Das Modell kennt kaum, was das Loch umgibt: vielleicht ist dies nicht, womit es trainiert wurde, oder es ist gekippt.</translation>
    </message>
    <message>
        <source>The model hardly knows what surrounds the hole: this may not be a face, or it is tilted.</source>
        <translation>Das Modell kennt kaum, was das Loch umgibt: vielleicht ist dies kein Gesicht, oder es ist gekippt.</translation>
    </message>
    <message>
        <source>The model does not know what surrounds the hole: this may not be what it was trained on.</source>
        <translation>Das Modell kennt nicht, was das Loch umgibt: vielleicht ist dies nicht, womit es trainiert wurde.</translation>
    </message>
    <message>
        <source>The model does not know what surrounds the hole: this may not be a face.</source>
        <translation>Das Modell kennt nicht, was das Loch umgibt: vielleicht ist dies kein Gesicht.</translation>
    </message>
    <message>
        <source>The model does not know what surrounds the hole: this may not be what it was trained on, or it is tilted.</source>
        <translation>Das Modell kennt nicht, was das Loch umgibt: vielleicht ist dies nicht, womit es trainiert wurde, oder es ist gekippt.</translation>
    </message>
    <message>
        <source>The model does not know what surrounds the hole: this may not be a face, or it is tilted.</source>
        <translation>Das Modell kennt nicht, was das Loch umgibt: vielleicht ist dies kein Gesicht, oder es ist gekippt.</translation>
    </message>
    <message>
        <source>Move the view.</source>
        <translation>Die Ansicht verschieben.</translation>
    </message>
    <message>
        <source>Space+drag, middle-button drag</source>
        <translation>Leertaste+Ziehen, Ziehen mit der mittleren Maustaste</translation>
    </message>
    <message>
        <source>Swap brush and eraser</source>
        <translation>Pinsel und Radierer tauschen</translation>
    </message>
    <message>
        <source>Decrease brush size</source>
        <translation>Pinsel verkleinern</translation>
    </message>
    <message>
        <source>Alt+wheel, Alt+right-drag</source>
        <translation>Alt+Mausrad, Alt+Ziehen mit rechter Maustaste</translation>
    </message>
    <message>
        <source>Increase brush size</source>
        <translation>Pinsel vergrößern</translation>
    </message>
    <message>
        <source>Decrease brush hardness</source>
        <translation>Pinselhärte verringern</translation>
    </message>
    <message>
        <source>Increase brush hardness</source>
        <translation>Pinselhärte erhöhen</translation>
    </message>
    <message>
        <source>Changes the size</source>
        <translation>Ändert die Größe</translation>
    </message>
    <message>
        <source>A pen that is pressed less paints a smaller circle.</source>
        <translation>Ein schwächer gedrückter Stift malt einen kleineren Kreis.</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>Stiftdruck</translation>
    </message>
    <message>
        <source>Changes the hardness</source>
        <translation>Ändert die Härte</translation>
    </message>
    <message>
        <source>A pen that is pressed less paints a softer edge.</source>
        <translation>Ein schwächer gedrückter Stift malt einen weicheren Rand.</translation>
    </message>
    <message>
        <source>Has no effect</source>
        <translation>Ohne Wirkung</translation>
    </message>
    <message>
        <source>A pen paints like a mouse.</source>
        <translation>Ein Stift malt wie eine Maus.</translation>
    </message>
    <message>
        <source>Show mask</source>
        <translation>Maske anzeigen</translation>
    </message>
    <message>
        <source>Show or hide the mask.</source>
        <translation>Die Maske ein- oder ausblenden.</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Swap masked and unmasked areas.</source>
        <translation>Maskierte und unmaskierte Flächen tauschen.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Remove the whole mask.</source>
        <translation>Die ganze Maske entfernen.</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Expand the mask on all sides.</source>
        <translation>Die Maske nach allen Seiten erweitern.</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Contract the mask on all sides.</source>
        <translation>Die Maske von allen Seiten verkleinern.</translation>
    </message>
    <message>
        <source>Grow by pixels…</source>
        <translation>Um Pixel vergrößern…</translation>
    </message>
    <message>
        <source>Expand the mask by a number of pixels, with preview.</source>
        <translation>Die Maske um eine Zahl von Pixeln erweitern, mit Vorschau.</translation>
    </message>
    <message>
        <source>Shrink by pixels…</source>
        <translation>Um Pixel verkleinern…</translation>
    </message>
    <message>
        <source>Contract the mask by a number of pixels, with preview.</source>
        <translation>Die Maske um eine Zahl von Pixeln verkleinern, mit Vorschau.</translation>
    </message>
    <message>
        <source>Smooth…</source>
        <translation>Glätten…</translation>
    </message>
    <message>
        <source>Round the outline of the mask; specks and gaps vanish.</source>
        <translation>Den Umriss der Maske abrunden; Flecken und Lücken verschwinden.</translation>
    </message>
    <message>
        <source>Feather…</source>
        <translation>Weiche Kante…</translation>
    </message>
    <message>
        <source>Soften the edge of the mask; a fill fades in over it.</source>
        <translation>Den Rand der Maske weichzeichnen; eine Füllung wird darüber eingeblendet.</translation>
    </message>
    <message>
        <source>Copy mask</source>
        <translation>Maske kopieren</translation>
    </message>
    <message>
        <source>Copy the mask to the clipboard, as a grey picture.</source>
        <translation>Die Maske als Graustufenbild in die Zwischenablage kopieren.</translation>
    </message>
    <message>
        <source>Paste mask</source>
        <translation>Maske einfügen</translation>
    </message>
    <message>
        <source>Use the picture on the clipboard as the mask; white areas are filled.</source>
        <translation>Das Bild aus der Zwischenablage als Maske verwenden; weiße Flächen werden gefüllt.</translation>
    </message>
    <message>
        <source>Last mask</source>
        <translation>Letzte Maske</translation>
    </message>
    <message>
        <source>Bring back the mask that was cleared or filled last, or that of the photo before.</source>
        <translation>Die zuletzt gelöschte oder gefüllte Maske oder die des vorigen Fotos zurückholen.</translation>
    </message>
    <message>
        <source>Centre square…</source>
        <translation>Quadrat in der Mitte…</translation>
    </message>
    <message>
        <source>Mask the middle of the frame, as in the paper.</source>
        <translation>Die Mitte des Rahmens maskieren, wie in der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Random pixels…</source>
        <translation>Zufällige Pixel…</translation>
    </message>
    <message>
        <source>Mask a share of the frame&apos;s pixels, chosen at random, as in the paper.</source>
        <translation>Einen zufälligen Anteil der Pixel im Rahmen maskieren, wie in der Veröffentlichung.</translation>
    </message>
    <message>
        <source>From transparency</source>
        <translation>Aus Transparenz</translation>
    </message>
    <message>
        <source>Mask what is fully transparent in the photo.</source>
        <translation>Maskieren, was im Foto ganz transparent ist.</translation>
    </message>
    <message>
        <source>25%</source>
        <translation>25 %</translation>
    </message>
    <message>
        <source>Set how strongly the mask&apos;s tint covers the photo; its outline stays visible.</source>
        <translation>Wie stark die Farbe der Maske das Foto deckt; ihr Umriss bleibt sichtbar.</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>50%</source>
        <translation>50 %</translation>
    </message>
    <message>
        <source>75%</source>
        <translation>75 %</translation>
    </message>
    <message>
        <source>100%</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>Magenta</translation>
    </message>
    <message>
        <source>Show the mask in this colour.</source>
        <translation>Die Maske in dieser Farbe anzeigen.</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Custom…</source>
        <translation>Eigene…</translation>
    </message>
    <message>
        <source>Choose any colour for the mask.</source>
        <translation>Eine beliebige Farbe für die Maske wählen.</translation>
    </message>
    <message>
        <source>Compare training runs…</source>
        <translation>Trainingsläufe vergleichen…</translation>
    </message>
    <message>
        <source>Show W, critic gap or SWD of several training runs in one plot.</source>
        <translation>W, Kritikerabstand oder SWD mehrerer Trainingsläufe in einem Diagramm zeigen.</translation>
    </message>
    <message>
        <source>Loss that the search minimises, default Both. Double-click for the default.</source>
        <translation>Verlust, den die Suche minimiert, Standard: Beide. Doppelklick für den Standard.</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Contextual and critic search together in one batch, from the same starts.</source>
        <translation>Kontext- und Kritikersuche zusammen, von denselben Startpunkten.</translation>
    </message>
    <message>
        <source>Contextual + perceptual loss: the generated image must match the known pixels and look real to the critic: L(z) = −f(G(z)) + λ · Σ|M · (G(z) − x)| (Cooper, equations 3, 5 and 6; after Yeh et al. 2017).</source>
        <translation>Kontext- und Wahrnehmungsverlust: das erzeugte Bild muss zu den bekannten Pixeln passen und für den Kritiker echt aussehen: L(z) = −f(G(z)) + λ · Σ|M · (G(z) − x)| (Cooper, Gleichungen 3, 5 und 6; nach Yeh et al. 2017).</translation>
    </message>
    <message>
        <source>Critic-only loss: the photo with its fill must look real to the critic: L(z) = −f(M · x + (1 − M) · G(z)) (Cooper, equation 7).</source>
        <translation>Reiner Kritikerverlust: das Foto mit seiner Füllung muss für den Kritiker echt aussehen: L(z) = −f(M · x + (1 − M) · G(z)) (Cooper, Gleichung 7).</translation>
    </message>
    <message>
        <source>Context weight λ, 0 to 10, no unit, default 1: higher values hold the fill closer to the known pixels, lower values let the critic decide; a running search follows at once (λ in Cooper, equation 6). Contextual method only.</source>
        <translation>Kontextgewicht λ, 0 bis 10, ohne Einheit, Standard: 1. Höhere Werte halten die Füllung näher an den bekannten Pixeln, niedrigere lassen den Kritiker entscheiden; eine laufende Suche folgt sofort (λ in Cooper, Gleichung 6). Nur für die Kontextmethode.</translation>
    </message>
    <message>
        <source>Where the search starts. Double-click for the default.</source>
        <translation>Wo die Suche beginnt. Doppelklick für den Standard.</translation>
    </message>
    <message>
        <source>First guess</source>
        <translation>Erste Vermutung</translation>
    </message>
    <message>
        <source>One candidate starts at the latent that the model&apos;s encoder guesses from the known pixels, the others near it; it takes far fewer steps.</source>
        <translation>Ein Kandidat beginnt beim Latentvektor, den der Encoder des Modells aus den bekannten Pixeln vermutet, die anderen in dessen Nähe; das braucht viel weniger Schritte.</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Every candidate starts at a random latent, uniform in [−1, 1], as in the paper.</source>
        <translation>Jeder Kandidat beginnt bei einem zufälligen Latentvektor, gleichverteilt in [−1, 1], wie in der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Steps of the search, 1 to 100,000, default 30 from the first guess and 200 from a random start: more steps lower the loss and take longer; the step with the lowest loss counts (updates of the latent z).</source>
        <translation>Schritte der Suche, 1 bis 100.000, Standard: 30 von der ersten Vermutung, 200 von zufälligem Beginn. Mehr Schritte senken den Verlust und dauern länger; der Schritt mit dem niedrigsten Verlust zählt (Updates des Latentvektors z).</translation>
    </message>
    <message>
        <source>Steps of the refinement, 0 to 1,000, default 50, 0 = none: after the search the generator itself is fitted to this photo, for the chosen candidate of the contextual method; it ends early where known pixels that it does not see clearly get worse (after Pan et al. 2020).</source>
        <translation>Schritte der Verfeinerung, 0 bis 1.000, Standard: 50, 0 = keine. Nach der Suche wird der Generator selbst an dieses Foto angepasst, für den gewählten Kandidaten der Kontextmethode; sie endet früher, wo bekannte Pixel, die er nicht deutlich sieht, schlechter werden (nach Pan et al. 2020).</translation>
    </message>
    <message>
        <source>Critic only is never refined: it looks only at how real the picture seems, so fitting the generator to it would find the critic&apos;s blind spots.</source>
        <translation>„Nur Kritiker“ wird nie verfeinert: die Methode achtet nur darauf, wie echt das Bild wirkt, und ein daran angepasster Generator fände die blinden Flecken des Kritikers.</translation>
    </message>
    <message>
        <source>Candidates per method, 1 to 64, default 4: searched side by side, each from its own start; more candidates find better fills and take longer (restarts of z).</source>
        <translation>Kandidaten je Methode, 1 bis 64, Standard: 4. Sie werden nebeneinander gesucht, jeder von eigenem Startpunkt; mehr Kandidaten finden bessere Füllungen und dauern länger (Neustarts von z).</translation>
    </message>
    <message>
        <source>How the fill meets the photo at the edge of the mask, default Poisson; pixels outside the mask never change. Double-click for the default.</source>
        <translation>Wie die Füllung am Rand der Maske ins Foto übergeht, Standard: Poisson. Pixel außerhalb der Maske ändern sich nie. Doppelklick für den Standard.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>The colours of the fill up to the edge, as in the paper: M · x + (1 − M) · G(z).</source>
        <translation>Die Farben der Füllung bis an den Rand, wie in der Veröffentlichung: M · x + (1 − M) · G(z).</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Fades from the photo into the fill along the soft edge of the mask.</source>
        <translation>Blendet entlang der weichen Kante der Maske vom Foto in die Füllung über.</translation>
    </message>
    <message>
        <source>Keeps the detail of the fill and takes light and colour from the photo around it (Pérez et al. 2003).</source>
        <translation>Behält die Einzelheiten der Füllung und nimmt Licht und Farbe vom Foto ringsum (Pérez et al. 2003).</translation>
    </message>
    <message>
        <source>Square of the photo that the model sees, default Automatic: fitted to the face, or to the mask.</source>
        <translation>Quadrat des Fotos, das das Modell sieht, Standard: Automatisch, dem Gesicht oder der Maske angepasst.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Fitted to the masked face, or to the mask if there is no face.</source>
        <translation>Dem maskierten Gesicht angepasst, ohne Gesicht der Maske.</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>The smallest square that contains the photo, for photos that show only a face.</source>
        <translation>Das kleinste Quadrat um das Foto, für Fotos, die nur ein Gesicht zeigen.</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigener</translation>
    </message>
    <message>
        <source>Where you place it: drag the dashed square with the frame tool.</source>
        <translation>Frei gesetzt: das gestrichelte Quadrat mit dem Werkzeug „Rahmen“ ziehen.</translation>
    </message>
    <message>
        <source>Optimiser, weights of the known pixels, learning rate, seed and device.</source>
        <translation>Optimierer, Gewichte der bekannten Pixel, Lernrate, Startwert und Gerät.</translation>
    </message>
    <message>
        <source>Optimiser that moves z along the gradient, default Adam, which measured best on held-out faces. Double-click for the default.</source>
        <translation>Optimierer, der z entlang des Gradienten bewegt, Standard: Adam, gemessen am besten für zurückgehaltene Gesichter. Doppelklick für den Standard.</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Adapts the step size to each coordinate of z; measured best.</source>
        <translation>Passt die Schrittweite jeder Koordinate von z an; gemessen am besten.</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Divides by a running average of the gradient&apos;s size; no momentum.</source>
        <translation>Teilt durch ein laufendes Mittel der Gradientengröße; ohne Impuls.</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Gradient descent with Nesterov momentum 0.9, as in Yeh et al.&apos;s released code.</source>
        <translation>Gradientenabstieg mit Nesterov-Impuls 0,9, wie im veröffentlichten Code von Yeh et al.</translation>
    </message>
    <message>
        <source>Learning rate of z, no unit, default auto (the value measured best for the method): higher values move further in each step and may overshoot. Leave it empty for auto.</source>
        <translation>Lernrate von z, ohne Einheit, Standard: auto (der gemessen beste Wert der Methode). Höhere Werte gehen je Schritt weiter und können überschießen. Leer lassen für auto.</translation>
    </message>
    <message>
        <source>Seed, a whole number, default 0: the same seed gives the same starts and so the same fill.</source>
        <translation>Startwert, eine ganze Zahl, Standard: 0. Gleicher Startwert gibt gleiche Startpunkte und damit die gleiche Füllung.</translation>
    </message>
    <message>
        <source>Weight of each known pixel in the contextual loss, default Uniform. Double-click for the default.</source>
        <translation>Gewicht jedes bekannten Pixels im Kontextverlust, Standard: Gleichmäßig. Doppelklick für den Standard.</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>All known pixels count the same (Cooper, equation 5).</source>
        <translation>Alle bekannten Pixel zählen gleich (Cooper, Gleichung 5).</translation>
    </message>
    <message>
        <source>Near the mask</source>
        <translation>Maskennah</translation>
    </message>
    <message>
        <source>Pixels near the mask count more: W is the share of missing pixels around each (Yeh et al. 2017, equation 3).</source>
        <translation>Pixel nahe der Maske zählen mehr: W ist der Anteil fehlender Pixel um jedes (Yeh et al. 2017, Gleichung 3).</translation>
    </message>
    <message>
        <source>Device that runs the search, default Automatic: the fastest one available.</source>
        <translation>Gerät, auf dem die Suche läuft, Standard: Automatisch, das schnellste verfügbare.</translation>
    </message>
    <message>
        <source>The fastest device of this computer.</source>
        <translation>Das schnellste Gerät dieses Computers.</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>The processor, which is always available.</source>
        <translation>Der Prozessor, der immer verfügbar ist.</translation>
    </message>
    <message>
        <source>NVIDIA GPU (CUDA)</source>
        <translation>NVIDIA-GPU (CUDA)</translation>
    </message>
    <message>
        <source>An NVIDIA graphics card.</source>
        <translation>Eine NVIDIA-Grafikkarte.</translation>
    </message>
    <message>
        <source>Apple GPU (MPS)</source>
        <translation>Apple-GPU (MPS)</translation>
    </message>
    <message>
        <source>The GPU of an Apple chip.</source>
        <translation>Die GPU eines Apple-Chips.</translation>
    </message>
    <message>
        <source>Framing: what the model sees of each picture, default Auto. Double-click for the default.</source>
        <translation>Ausschnitt: was das Modell von jedem Bild sieht, Standard: Auto. Doppelklick für den Standard.</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>As CelebA if the pictures have its layout, otherwise as Whole.</source>
        <translation>Wie CelebA, wenn die Bilder so angelegt sind, sonst wie „Ganz“.</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>The largest square in the middle of each picture.</source>
        <translation>Das größte Quadrat in der Mitte jedes Bilds.</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>The face in each picture, eyes and mouth always in the same place; pictures without a face are skipped.</source>
        <translation>Das Gesicht in jedem Bild, Augen und Mund immer an derselben Stelle; Bilder ohne Gesicht werden übersprungen.</translation>
    </message>
    <message>
        <source>Aligned</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>The whole picture, for pictures already framed as faces.</source>
        <translation>Das ganze Bild, für Bilder, die schon als Gesichter zugeschnitten sind.</translation>
    </message>
    <message>
        <source>CelebA</source>
        <translation>CelebA</translation>
    </message>
    <message>
        <source>The face in CelebA&apos;s aligned pictures, where all faces are in the same place.</source>
        <translation>Das Gesicht in den ausgerichteten Bildern von CelebA, wo alle Gesichter an derselben Stelle sind.</translation>
    </message>
    <message>
        <source>Name of the run and its model, default the name of the folder or zip.</source>
        <translation>Name des Laufs und seines Modells, Standard: der Name des Ordners oder ZIPs.</translation>
    </message>
    <message>
        <source>Training recipe, default WGAN-GP, which gives better models in the same time.</source>
        <translation>Trainingsrezept, Standard: WGAN-GP, das in gleicher Zeit bessere Modelle ergibt.</translation>
    </message>
    <message>
        <source>WGAN-GP</source>
        <translation>WGAN-GP</translation>
    </message>
    <message>
        <source>Gradient penalty, averaged generator, few critic updates (Gulrajani et al. 2017).</source>
        <translation>Gradientenstrafe, gemittelter Generator, wenige Kritiker-Updates (Gulrajani et al. 2017).</translation>
    </message>
    <message>
        <source>As in the paper: weight clipping, RMSprop, many critic updates (Cooper; Arjovsky 2017).</source>
        <translation>Wie in der Veröffentlichung: beschnittene Gewichte, RMSprop, viele Kritiker-Updates (Cooper; Arjovsky 2017).</translation>
    </message>
    <message>
        <source>Stable and fast: good samples after a few thousand updates.</source>
        <translation>Stabil und schnell: gute Beispiele nach einigen Tausend Updates.</translation>
    </message>
    <message>
        <source>The paper&apos;s own recipe, for comparison; takes many times longer.</source>
        <translation>Das Rezept der Veröffentlichung, zum Vergleich; dauert um ein Vielfaches länger.</translation>
    </message>
    <message>
        <source>Resolution of the model in pixels per side, default 64: each doubling shows more detail and takes about four times longer to train.</source>
        <translation>Auflösung des Modells in Pixeln je Seite, Standard: 64. Jede Verdopplung zeigt mehr Einzelheiten und braucht etwa viermal so lange zum Trainieren.</translation>
    </message>
    <message>
        <source>32</source>
        <translation>32</translation>
    </message>
    <message>
        <source>32 × 32 pixels; smaller pictures are skipped.</source>
        <translation>32 × 32 Pixel; kleinere Bilder werden übersprungen.</translation>
    </message>
    <message>
        <source>64</source>
        <translation>64</translation>
    </message>
    <message>
        <source>64 × 64 pixels; smaller pictures are skipped.</source>
        <translation>64 × 64 Pixel; kleinere Bilder werden übersprungen.</translation>
    </message>
    <message>
        <source>128</source>
        <translation>128</translation>
    </message>
    <message>
        <source>128 × 128 pixels; smaller pictures are skipped.</source>
        <translation>128 × 128 Pixel; kleinere Bilder werden übersprungen.</translation>
    </message>
    <message>
        <source>256</source>
        <translation>256</translation>
    </message>
    <message>
        <source>256 × 256 pixels; smaller pictures are skipped.</source>
        <translation>256 × 256 Pixel; kleinere Bilder werden übersprungen.</translation>
    </message>
    <message>
        <source>Width of the networks in channels next to the image, default Small (32): wider networks learn more detail and take longer to train.</source>
        <translation>Breite der Netze in Kanälen nächst dem Bild, Standard: Klein (32). Breitere Netze lernen mehr Einzelheiten und brauchen länger zum Trainieren.</translation>
    </message>
    <message>
        <source>Tiny</source>
        <translation>Winzig</translation>
    </message>
    <message>
        <source>16 channels: for trying things out, about three times as fast as Small.</source>
        <translation>16 Kanäle: zum Ausprobieren, etwa dreimal so schnell wie „Klein“.</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Klein</translation>
    </message>
    <message>
        <source>32 channels, as in the model that comes with WganPaint: the most that a CPU trains in a day.</source>
        <translation>32 Kanäle, wie im mitgelieferten Modell: das meiste, was eine CPU an einem Tag trainiert.</translation>
    </message>
    <message>
        <source>64 channels, as in the paper: for a GPU, or for days on a CPU.</source>
        <translation>64 Kanäle, wie in der Veröffentlichung: für eine GPU oder für Tage auf einer CPU.</translation>
    </message>
    <message>
        <source>Generator updates, default set by the recipe: more give better samples, up to a point; you can stop a run at any time and resume it later.</source>
        <translation>Updates des Generators, Standard: nach dem Rezept. Mehr geben bis zu einem Punkt bessere Beispiele; ein Lauf lässt sich jederzeit beenden und später fortsetzen.</translation>
    </message>
    <message>
        <source>Critic updates of the search-aware stage, default 2,000 for WGAN-GP and 0 for Paper: the critic learns from the results of the critic-only search, so that it can guide that search.</source>
        <translation>Kritiker-Updates der suchbewussten Stufe, Standard: 2.000 bei WGAN-GP und 0 bei „Original“. Der Kritiker lernt aus den Ergebnissen der reinen Kritikersuche, um diese Suche leiten zu können.</translation>
    </message>
    <message>
        <source>Updates of the encoder, default 4,000 for WGAN-GP and 0 for Paper: it learns to guess the latent of a picture from its known pixels, so that a search begins near its end and needs fewer steps.</source>
        <translation>Updates des Encoders, Standard: 4.000 bei WGAN-GP und 0 bei „Original“. Er lernt, den Latentvektor eines Bilds aus den bekannten Pixeln zu vermuten, damit eine Suche nahe am Ziel beginnt und weniger Schritte braucht.</translation>
    </message>
    <message>
        <source>The critic-only method needs the search-aware stage; a first guess needs the encoder.</source>
        <translation>„Nur Kritiker“ braucht die suchbewusste Stufe, eine erste Vermutung den Encoder.</translation>
    </message>
    <message>
        <source>Augmentation, default off: varies colour, position and parts of the pictures, so that the model does not memorise a small data set (DiffAugment, Zhao et al. 2020).</source>
        <translation>Augmentierung, Standard: aus. Verändert Farbe, Lage und Teile der Bilder, damit das Modell einen kleinen Datensatz nicht auswendig lernt (DiffAugment, Zhao et al. 2020).</translation>
    </message>
    <message>
        <source>Initial weights, default random: a model of similar pictures reaches good samples sooner.</source>
        <translation>Anfangsgewichte, Standard: zufällig. Ein Modell ähnlicher Bilder kommt schneller zu guten Beispielen.</translation>
    </message>
    <message>
        <source>Images per update, default set by the recipe: larger is steadier, slower and needs more memory.</source>
        <translation>Bilder je Update, Standard: nach dem Rezept. Mehr ist ruhiger, langsamer und braucht mehr Speicher.</translation>
    </message>
    <message>
        <source>Seed, a whole number, default 0: the same seed on the same device trains the same model again.</source>
        <translation>Startwert, eine ganze Zahl, Standard: 0. Gleicher Startwert auf gleichem Gerät trainiert dasselbe Modell noch einmal.</translation>
    </message>
    <message>
        <source>Updates between two sample grids, default 250: each grid takes a moment and a little disk space.</source>
        <translation>Updates zwischen zwei Beispielrastern, Standard: 250. Jedes Raster braucht einen Moment und etwas Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Licence of the pictures, default none: stored in the model&apos;s card for everyone who gets the model.</source>
        <translation>Lizenz der Bilder, Standard: keine. Wird in der Karte des Modells für alle gespeichert, die das Modell bekommen.</translation>
    </message>
    <message>
        <source>Batch size, updates per sample grid, seed, licence of the pictures.</source>
        <translation>Batchgröße, Updates je Beispielraster, Startwert, Lizenz der Bilder.</translation>
    </message>
    <message>
        <source>Device that runs the training, default automatic: the fastest one available.</source>
        <translation>Gerät, auf dem das Training läuft, Standard: automatisch, das schnellste verfügbare.</translation>
    </message>
    <message>
        <source>Fill the mask</source>
        <translation>Maske füllen</translation>
    </message>
    <message>
        <source>Search for an image that fits the masked area.</source>
        <translation>Ein Bild suchen, das in die maskierte Fläche passt.</translation>
    </message>
    <message>
        <source>Fill from the surroundings</source>
        <translation>Aus der Umgebung füllen</translation>
    </message>
    <message>
        <source>Copy from the rest of the photo, without the model.</source>
        <translation>Aus dem übrigen Foto kopieren, ohne das Modell.</translation>
    </message>
    <message>
        <source>Search for an image that matches the known pixels and convinces the critic.</source>
        <translation>Ein Bild suchen, das zu den bekannten Pixeln passt und den Kritiker überzeugt.</translation>
    </message>
    <message>
        <source>Search for an image that convinces the critic, without regard to the known pixels.</source>
        <translation>Ein Bild suchen, das den Kritiker überzeugt, ohne Rücksicht auf die bekannten Pixel.</translation>
    </message>
    <message>
        <source>Copy from the rest of each photo, without the model.</source>
        <translation>Aus dem übrigen Foto kopieren, ohne das Modell.</translation>
    </message>
    <message>
        <source>Fill a folder</source>
        <translation>Ordner füllen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>The photos to fill; folders inside are left out.</source>
        <translation>Die Fotos zum Füllen; Unterordner werden ausgelassen.</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>A mask for each photo: named like it, or like it with -mask.</source>
        <translation>Eine Maske je Foto: benannt wie das Foto oder mit dem Zusatz -mask.</translation>
    </message>
    <message>
        <source>Where filled photos are saved under their own names; it is created.</source>
        <translation>Hier werden gefüllte Fotos unter ihrem Namen gespeichert; der Ordner wird angelegt.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>What every photo is filled with.</source>
        <translation>Womit jedes Foto gefüllt wird.</translation>
    </message>
    <message>
        <source>Fill again what is in the results already</source>
        <translation>Vorhandene Ergebnisse neu füllen</translation>
    </message>
    <message>
        <source>Replace files of the results folder. Off: photos with a result are skipped.</source>
        <translation>Dateien im Ergebnisordner ersetzen. Aus: Fotos mit Ergebnis werden übersprungen.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Choose the photos and their masks.</source>
        <translation>Fotos und ihre Masken wählen.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Fill all photos that have a mask.</source>
        <translation>Alle Fotos füllen, die eine Maske haben.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause after the step in progress.</source>
        <translation>Nach dem laufenden Schritt anhalten.</translation>
    </message>
    <message>
        <source>Stop now; finished photos are kept, and Start does the rest.</source>
        <translation>Jetzt beenden; fertige Fotos bleiben, „Starten“ erledigt den Rest.</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <source>Save what became of each file as a table (CSV).</source>
        <translation>Was aus jeder Datei wurde, als Tabelle (CSV) speichern.</translation>
    </message>
    <message>
        <source>Open the results folder.</source>
        <translation>Den Ergebnisordner öffnen.</translation>
    </message>
    <message>
        <source>Files that need attention</source>
        <translation>Dateien, die Beachtung brauchen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause or resume the search.</source>
        <translation>Die Suche anhalten oder fortsetzen.</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Remove the middle quarter of the side, 16 of 64 pixels.</source>
        <translation>Das mittlere Viertel der Seite entfernen, 16 von 64 Pixeln.</translation>
    </message>
    <message>
        <source>Large centre</source>
        <translation>Große Mitte</translation>
    </message>
    <message>
        <source>Remove the middle half of the side, 32 of 64 pixels.</source>
        <translation>Die mittlere Hälfte der Seite entfernen, 32 von 64 Pixeln.</translation>
    </message>
    <message>
        <source>80% of pixels</source>
        <translation>80 % der Pixel</translation>
    </message>
    <message>
        <source>Remove 80% of the pixels at random.</source>
        <translation>80 % der Pixel zufällig entfernen.</translation>
    </message>
    <message>
        <source>No pictures chosen</source>
        <translation>Keine Bilder gewählt</translation>
    </message>
    <message>
        <source>Removes parts of pictures that the model was not trained on, fills them, and measures the fills: the experiment of the paper. If you choose the pictures of the model&apos;s own training run, those it held out are used.</source>
        <translation>Entfernt Teile von Bildern, mit denen das Modell nicht trainiert wurde, füllt sie und misst die Füllungen: das Experiment der Veröffentlichung. Bei den Bildern aus dem eigenen Trainingslauf des Modells werden die zurückgehaltenen verwendet.</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Back to photo</source>
        <translation>Zurück zum Foto</translation>
    </message>
    <message>
        <source>Return to the photo (Esc). The evaluation continues in the background.</source>
        <translation>Zurück zum Foto (Esc). Die Auswertung läuft im Hintergrund weiter.</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose a folder of pictures.</source>
        <translation>Einen Ordner mit Bildern wählen.</translation>
    </message>
    <message>
        <source>Choose zip…</source>
        <translation>ZIP wählen…</translation>
    </message>
    <message>
        <source>Choose a zip of pictures.</source>
        <translation>Ein ZIP mit Bildern wählen.</translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Measure also the fill from the image itself, without a model.</source>
        <translation>Auch die Füllung aus dem Bild selbst messen, ohne Modell.</translation>
    </message>
    <message>
        <source>Most images</source>
        <translation>Höchstzahl der Bilder</translation>
    </message>
    <message>
        <source>Number of images, the first by name; default 100.</source>
        <translation>Zahl der Bilder, die ersten nach Namen; Standard: 100.</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation>Ergebnisse speichern…</translation>
    </message>
    <message>
        <source>Save table and figures in a new folder.</source>
        <translation>Tabelle und Abbildungen in einem neuen Ordner speichern.</translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation>Fortschritt der Auswertung</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Evaluate model: {name}</source>
        <translation>Modell auswerten: {name}</translation>
    </message>
    <message>
        <source>Evaluate model</source>
        <translation>Modell auswerten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop the search; you can still choose among its candidates.</source>
        <translation>Die Suche beenden; unter ihren Kandidaten lässt sich weiter wählen.</translation>
    </message>
    <message>
        <source>Continue the search for {count} more steps from the present latents.</source>
        <translation>Die Suche von den jetzigen Latentvektoren um {count} Schritte fortsetzen.</translation>
    </message>
    <message>
        <source>+{count} steps</source>
        <translation>+{count} Schritte</translation>
    </message>
    <message>
        <source>Write the fill shown into the photo; you can undo it.</source>
        <translation>Die gezeigte Füllung ins Foto schreiben; lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Discard all candidates; photo and mask stay.</source>
        <translation>Alle Kandidaten verwerfen; Foto und Maske bleiben.</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Most real to the critic</source>
        <translation>Für den Kritiker am echtesten</translation>
    </message>
    <message>
        <source>Run 100 more steps</source>
        <translation>100 weitere Schritte</translation>
    </message>
    <message>
        <source>Continue the search where it stopped.</source>
        <translation>Die Suche fortsetzen, wo sie beendet wurde.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Write this fill into the photo.</source>
        <translation>Diese Füllung ins Foto schreiben.</translation>
    </message>
    <message>
        <source>Restore work</source>
        <translation>Arbeit wiederherstellen</translation>
    </message>
    <message>
        <source>Restore your work from {when}?</source>
        <translation>Arbeit von {when} wiederherstellen?</translation>
    </message>
    <message>
        <source>WganPaint ended before it was saved.</source>
        <translation>WganPaint wurde beendet, bevor sie gespeichert war.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Ask again at the next start.</source>
        <translation>Beim nächsten Start erneut fragen.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Delete this work.</source>
        <translation>Diese Arbeit löschen.</translation>
    </message>
    <message>
        <source>Discard all candidates; the mask stays.</source>
        <translation>Alle Kandidaten verwerfen; die Maske bleibt.</translation>
    </message>
    <message>
        <source>Previous candidate</source>
        <translation>Voriger Kandidat</translation>
    </message>
    <message>
        <source>Show another candidate on the photo; a contextual one is refined after a search.</source>
        <translation>Einen anderen Kandidaten im Foto zeigen; einer der Kontextmethode wird nach der Suche verfeinert.</translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation>Nächster Kandidat</translation>
    </message>
    <message>
        <source>Switch method</source>
        <translation>Methode wechseln</translation>
    </message>
    <message>
        <source>Show the other method&apos;s fill on the photo.</source>
        <translation>Die Füllung der anderen Methode im Foto zeigen.</translation>
    </message>
    <message>
        <source>Promote candidate</source>
        <translation>Kandidat bevorzugen</translation>
    </message>
    <message>
        <source>Put this candidate first, and suggest it whatever the measures say.</source>
        <translation>Diesen Kandidaten an die erste Stelle setzen und vorschlagen, gleich was die Messwerte sagen.</translation>
    </message>
    <message>
        <source>right-click a candidate</source>
        <translation>Rechtsklick auf einen Kandidaten</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>Lock candidate</source>
        <translation>Kandidat sperren</translation>
    </message>
    <message>
        <source>Leave this candidate as it is while the search goes on with the others.</source>
        <translation>Diesen Kandidaten lassen, wie er ist, während die Suche mit den anderen weiterläuft.</translation>
    </message>
    <message>
        <source>Discard candidate</source>
        <translation>Kandidat verwerfen</translation>
    </message>
    <message>
        <source>Put this candidate last, and never suggest it. It can be restored.</source>
        <translation>Diesen Kandidaten an die letzte Stelle setzen und nie vorschlagen. Er lässt sich zurückholen.</translation>
    </message>
    <message>
        <source>Rename candidate…</source>
        <translation>Kandidat umbenennen…</translation>
    </message>
    <message>
        <source>Give this candidate a name to compare it by.</source>
        <translation>Diesem Kandidaten einen Namen zum Vergleichen geben.</translation>
    </message>
    <message>
        <source>Show suggested step</source>
        <translation>Vorgeschlagenen Schritt zeigen</translation>
    </message>
    <message>
        <source>Go to the step at which the suggested candidate is best: the star on the timeline.</source>
        <translation>Zu dem Schritt gehen, bei dem der vorgeschlagene Kandidat am besten ist: dem Stern auf der Zeitleiste.</translation>
    </message>
    <message>
        <source>Show step most real to the critic</source>
        <translation>Für den Kritiker echtesten Schritt zeigen</translation>
    </message>
    <message>
        <source>Go to the step at which the critic scores this candidate highest: the eye on the timeline.</source>
        <translation>Zu dem Schritt gehen, bei dem der Kritiker diesen Kandidaten am höchsten bewertet: dem Auge auf der Zeitleiste.</translation>
    </message>
    <message>
        <source>Place frame automatically</source>
        <translation>Rahmen automatisch setzen</translation>
    </message>
    <message>
        <source>Fit the frame to the face, or to the mask where there is no face.</source>
        <translation>Den Rahmen dem Gesicht anpassen, ohne Gesicht der Maske.</translation>
    </message>
    <message>
        <source>Frame whole photo</source>
        <translation>Rahmen um das ganze Foto</translation>
    </message>
    <message>
        <source>Use the smallest square that contains the whole photo.</source>
        <translation>Das kleinste Quadrat verwenden, das das ganze Foto enthält.</translation>
    </message>
    <message>
        <source>Add a frame</source>
        <translation>Rahmen hinzufügen</translation>
    </message>
    <message>
        <source>Add a frame beside the others. With the Frame tool, Alt+drag draws one.</source>
        <translation>Einen Rahmen neben den anderen hinzufügen. Mit dem Werkzeug „Rahmen“ zieht Alt+Ziehen einen auf.</translation>
    </message>
    <message>
        <source>Remove the frame</source>
        <translation>Rahmen entfernen</translation>
    </message>
    <message>
        <source>Remove the frame that has handles.</source>
        <translation>Den Rahmen mit den Griffen entfernen.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom to 100%</source>
        <translation>Auf 100 % zoomen</translation>
    </message>
    <message>
        <source>Show one photo pixel per screen pixel.</source>
        <translation>Ein Fotopixel je Bildschirmpixel zeigen.</translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation>In Fenster einpassen</translation>
    </message>
    <message>
        <source>Show the whole photo.</source>
        <translation>Das ganze Foto zeigen.</translation>
    </message>
    <message>
        <source>Zoom to frame</source>
        <translation>Auf Rahmen zoomen</translation>
    </message>
    <message>
        <source>Zoom to the square the model sees.</source>
        <translation>Auf das Quadrat zoomen, das das Modell sieht.</translation>
    </message>
    <message>
        <source>Show original</source>
        <translation>Original zeigen</translation>
    </message>
    <message>
        <source>Show the photo as it was opened.</source>
        <translation>Das Foto zeigen, wie es geöffnet wurde.</translation>
    </message>
    <message>
        <source>hold Tab</source>
        <translation>Tab halten</translation>
    </message>
    <message>
        <source>Split view</source>
        <translation>Geteilte Ansicht</translation>
    </message>
    <message>
        <source>Show the original on the left and the current photo on the right.</source>
        <translation>Links das Original zeigen, rechts das jetzige Foto.</translation>
    </message>
    <message>
        <source>Unlock candidate</source>
        <translation>Kandidat entsperren</translation>
    </message>
    <message>
        <source>Demote candidate</source>
        <translation>Kandidat nicht mehr bevorzugen</translation>
    </message>
    <message>
        <source>Restore candidate</source>
        <translation>Kandidat zurückholen</translation>
    </message>
    <message>
        <source>lock candidate</source>
        <translation>Kandidat sperren</translation>
    </message>
    <message>
        <source>unlock candidate</source>
        <translation>Kandidat entsperren</translation>
    </message>
    <message>
        <source>promote candidate</source>
        <translation>Kandidat bevorzugen</translation>
    </message>
    <message>
        <source>demote candidate</source>
        <translation>Kandidat nicht mehr bevorzugen</translation>
    </message>
    <message>
        <source>discard candidate</source>
        <translation>Kandidat verwerfen</translation>
    </message>
    <message>
        <source>restore candidate</source>
        <translation>Kandidat zurückholen</translation>
    </message>
    <message>
        <source>The last candidate of a method cannot be discarded. Discard drops all of them.</source>
        <translation>Der letzte Kandidat einer Methode lässt sich nicht verwerfen. „Verwerfen“ verwirft alle.</translation>
    </message>
    <message>
        <source>Rename candidate</source>
        <translation>Kandidat umbenennen</translation>
    </message>
    <message>
        <source>Name, up to {count} characters; empty restores the first one:</source>
        <translation>Name, bis zu {count} Zeichen; leer stellt den ersten wieder her:</translation>
    </message>
    <message>
        <source>rename candidate</source>
        <translation>Kandidat umbenennen</translation>
    </message>
    <message>
        <source>Compare side by side</source>
        <translation>Nebeneinander vergleichen</translation>
    </message>
    <message>
        <source>Show on photo</source>
        <translation>Im Foto zeigen</translation>
    </message>
    <message>
        <source>Show another candidate beside the one on the photo.</source>
        <translation>Einen anderen Kandidaten neben dem im Foto zeigen.</translation>
    </message>
    <message>
        <source>Ctrl+click a candidate</source>
        <translation>Strg+Klick auf einen Kandidaten</translation>
    </message>
    <message>
        <source>Compare with next candidate</source>
        <translation>Mit nächstem Kandidaten vergleichen</translation>
    </message>
    <message>
        <source>Show the next candidate in the second view.</source>
        <translation>In der zweiten Ansicht den nächsten Kandidaten zeigen.</translation>
    </message>
    <message>
        <source>Mix compared candidates</source>
        <translation>Verglichene Kandidaten mischen</translation>
    </message>
    <message>
        <source>Move between the latents of the two candidates with a slider.</source>
        <translation>Sich mit einem Regler zwischen den Latentvektoren der beiden Kandidaten bewegen.</translation>
    </message>
    <message>
        <source>Difference view</source>
        <translation>Differenzansicht</translation>
    </message>
    <message>
        <source>Show how the photo differs from the one you opened, amplified.</source>
        <translation>Verstärkt zeigen, worin sich das Foto vom geöffneten unterscheidet.</translation>
    </message>
    <message>
        <source>× 1</source>
        <translation>× 1</translation>
    </message>
    <message>
        <source>Show the difference multiplied by this factor.</source>
        <translation>Die Differenz mit diesem Faktor multipliziert zeigen.</translation>
    </message>
    <message>
        <source>Amplification</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>× 2</source>
        <translation>× 2</translation>
    </message>
    <message>
        <source>× 4</source>
        <translation>× 4</translation>
    </message>
    <message>
        <source>× 8</source>
        <translation>× 8</translation>
    </message>
    <message>
        <source>× 16</source>
        <translation>× 16</translation>
    </message>
    <message>
        <source>× 32</source>
        <translation>× 32</translation>
    </message>
    <message>
        <source>Critic&apos;s eye</source>
        <translation>Auge des Kritikers</translation>
    </message>
    <message>
        <source>Show where this fill still looks false to the critic: what it would change first.</source>
        <translation>Zeigen, wo diese Füllung dem Kritiker noch falsch erscheint: was er zuerst ändern würde.</translation>
    </message>
    <message>
        <source>Film strip</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>Show the photos of the folder below the photo; click one to open it.</source>
        <translation>Die Fotos des Ordners unter dem Foto zeigen; ein Klick öffnet eines.</translation>
    </message>
    <message>
        <source>Pixel grid</source>
        <translation>Pixelraster</translation>
    </message>
    <message>
        <source>Draw lines between the photo&apos;s pixels above 800%.</source>
        <translation>Über 800 % Linien zwischen den Pixeln des Fotos zeichnen.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Model used for fills, and the other models.</source>
        <translation>Modell, mit dem gefüllt wird, und die anderen Modelle.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Your training runs, in progress and finished.</source>
        <translation>Eigene Trainingsläufe, laufende und fertige.</translation>
    </message>
    <message>
        <source>No model yet. Choose a model to fill with.</source>
        <translation>Noch kein Modell. Ein Modell zum Füllen wählen.</translation>
    </message>
    <message>
        <source>Faces, eyes at 30% and mouth at 70% of the height</source>
        <translation>Gesichter, Augen bei 30 % und Mund bei 70 % der Höhe</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Training details</source>
        <translation>Einzelheiten des Trainings</translation>
    </message>
    <message>
        <source>How the model was trained.</source>
        <translation>Wie das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models on this computer. Click one to use it for fills.</source>
        <translation>Modelle auf diesem Computer. Ein Klick wählt eines zum Füllen.</translation>
    </message>
    <message>
        <source>Choose model file…</source>
        <translation>Modelldatei wählen…</translation>
    </message>
    <message>
        <source>Compare runs…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Evaluate…</source>
        <translation>Auswerten…</translation>
    </message>
    <message>
        <source>Use another WganPaint model (.safetensors) for fills.</source>
        <translation>Mit einem anderen WganPaint-Modell (.safetensors) füllen.</translation>
    </message>
    <message>
        <source>Show W, critic gap or SWD of several runs in one plot.</source>
        <translation>W, Kritikerabstand oder SWD mehrerer Läufe in einem Diagramm zeigen.</translation>
    </message>
    <message>
        <source>Train a model on your own pictures.</source>
        <translation>Ein Modell mit eigenen Bildern trainieren.</translation>
    </message>
    <message>
        <source>Measure the model in use on held-out pictures.</source>
        <translation>Das verwendete Modell an zurückgehaltenen Bildern messen.</translation>
    </message>
    <message>
        <source>Comes with WganPaint.</source>
        <translation>Mit WganPaint geliefert.</translation>
    </message>
    <message>
        <source>Added by you.</source>
        <translation>Selbst hinzugefügt.</translation>
    </message>
    <message>
        <source>{name} (training run)</source>
        <translation>{name} (Trainingslauf)</translation>
    </message>
    <message>
        <source>Trained by you: the newest model of this run.</source>
        <translation>Selbst trainiert: das neueste Modell dieses Laufs.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert mit</translation>
    </message>
    <message>
        <source>Training data; the model can only generate similar images.</source>
        <translation>Trainingsdaten; das Modell kann nur ähnliche Bilder erzeugen.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Terms for using the model.</source>
        <translation>Bedingungen für die Nutzung des Modells.</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>Resolution of the model, to which the frame is scaled.</source>
        <translation>Auflösung des Modells, auf die der Rahmen skaliert wird.</translation>
    </message>
    <message>
        <source>Framing</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Framing of the training images; the frame in your photo should match it.</source>
        <translation>Ausschnitt der Trainingsbilder; der Rahmen im Foto sollte dazu passen.</translation>
    </message>
    <message>
        <source>Updates of the generator, plus those of the critic in the search-aware stage.</source>
        <translation>Updates des Generators und die des Kritikers in der suchbewussten Stufe.</translation>
    </message>
    <message>
        <source>{width} channels</source>
        <translation>{width} Kanäle</translation>
    </message>
    <message numerus="yes">
        <source>%n update(s)</source>
        <translation>
            <numerusform>%n Update</numerusform>
            <numerusform>%n Updates</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <comment>encoder</comment>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Recipe with which the model was trained.</source>
        <translation>Rezept, mit dem das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Guesses from the known pixels where a search begins; without one, it begins at random.</source>
        <translation>Vermutet aus den bekannten Pixeln, wo eine Suche beginnt; ohne ihn beginnt sie zufällig.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Channels of the layer next to the image; wider networks can learn more detail.</source>
        <translation>Kanäle der Schicht nächst dem Bild; breitere Netze können mehr Einzelheiten lernen.</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Date on which the training ended.</source>
        <translation>Tag, an dem das Training endete.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Notes by whoever trained the model.</source>
        <translation>Notizen dessen, der das Modell trainiert hat.</translation>
    </message>
    <message>
        <source>Train new model…</source>
        <translation>Modell trainieren…</translation>
    </message>
    <message>
        <source>Train a model on your own pictures, or show the training run in progress.</source>
        <translation>Ein Modell mit eigenen Bildern trainieren oder den laufenden Trainingslauf zeigen.</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>hole</source>
        <translation>Loch</translation>
    </message>
    <message>
        <source>guess</source>
        <translation>Vermutung</translation>
    </message>
    <message>
        <source>Sample grids over time</source>
        <translation>Beispielraster im Zeitverlauf</translation>
    </message>
    <message>
        <source>Sample grids over time, always of the same latents: drag to look back, use the arrow keys to move by one grid, double-click to return to the newest.</source>
        <translation>Beispielraster im Zeitverlauf, immer derselben Latentvektoren: ziehen, um zurückzublicken, Pfeiltasten für ein Raster weiter, Doppelklick für das neueste.</translation>
    </message>
    <message>
        <source>search-aware 000,000</source>
        <translation>suchbewusst 000.000</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Always show the newest sample grid.</source>
        <translation>Immer das neueste Beispielraster zeigen.</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>Beispiele jetzt</translation>
    </message>
    <message>
        <source>Draw samples of the generator as it is now, of the same latents as always; training is not changed.</source>
        <translation>Beispiele des Generators zeichnen, wie er jetzt ist, immer aus denselben Latentvektoren; das Training ändert sich nicht.</translation>
    </message>
    <message>
        <source>Samples can be drawn while this run is being trained.</source>
        <translation>Beispiele lassen sich zeichnen, während dieser Lauf trainiert wird.</translation>
    </message>
    <message>
        <source>Your pictures</source>
        <translation>Eigene Bilder</translation>
    </message>
    <message>
        <source>no samples yet</source>
        <translation>noch keine Beispiele</translation>
    </message>
    <message>
        <source>update</source>
        <translation>Update</translation>
    </message>
    <message>
        <source>Draw samples of the model that is being trained, as it is now.</source>
        <translation>Beispiele des Modells zeichnen, das gerade trainiert wird, wie es jetzt ist.</translation>
    </message>
    <message>
        <source>No other runs yet. The run in progress appears here when it is stopped or finished.</source>
        <translation>Noch keine anderen Läufe. Der laufende erscheint hier, wenn er beendet oder fertig ist.</translation>
    </message>
    <message>
        <source>No runs yet. Your training runs appear here and can be resumed at any time.</source>
        <translation>Noch keine Läufe. Eigene Trainingsläufe erscheinen hier und lassen sich jederzeit fortsetzen.</translation>
    </message>
    <message>
        <source>Training runs</source>
        <translation>Trainingsläufe</translation>
    </message>
    <message>
        <source>Your training runs, newest first. Click one to select it.</source>
        <translation>Eigene Trainingsläufe, der neueste zuerst. Ein Klick wählt einen aus.</translation>
    </message>
    <message>
        <source>More actions for this run.</source>
        <translation>Weitere Aktionen für diesen Lauf.</translation>
    </message>
    <message>
        <source>Show the curves and samples of this run.</source>
        <translation>Kurven und Beispiele dieses Laufs zeigen.</translation>
    </message>
    <message>
        <source>Use model</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use the newest model of this run for fills.</source>
        <translation>Mit dem neuesten Modell dieses Laufs füllen.</translation>
    </message>
    <message>
        <source>Copy the newest model to the list of models, where it stays whatever becomes of this run.</source>
        <translation>Das neueste Modell in die Liste der Modelle kopieren, wo es bleibt, was auch aus diesem Lauf wird.</translation>
    </message>
    <message>
        <source>Add to models</source>
        <translation>Zu den Modellen hinzufügen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Save the newest model and its samples as files.</source>
        <translation>Das neueste Modell und seine Beispiele als Dateien speichern.</translation>
    </message>
    <message>
        <source>Add best to models</source>
        <translation>Bestes zu den Modellen hinzufügen</translation>
    </message>
    <message>
        <source>Save W, critic gap, SWD and speed of every update as a CSV table.</source>
        <translation>W, Kritikerabstand, SWD und Tempo jedes Updates als CSV-Tabelle speichern.</translation>
    </message>
    <message>
        <source>Export metrics…</source>
        <translation>Messwerte exportieren…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Give this run another name.</source>
        <translation>Diesem Lauf einen anderen Namen geben.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Delete this run with its checkpoints and model.</source>
        <translation>Diesen Lauf mit Checkpoints und Modell löschen.</translation>
    </message>
    <message numerus="yes">
        <source>{name}: {progress}. %n picture(s) from {source}.</source>
        <translation>
            <numerusform>{name}: {progress}. %n Bild aus {source}.</numerusform>
            <numerusform>{name}: {progress}. %n Bilder aus {source}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume training where this run stopped.</source>
        <translation>Das Training fortsetzen, wo dieser Lauf aufgehört hat.</translation>
    </message>
    <message>
        <source>Another training run is in progress. Stop it first.</source>
        <translation>Ein anderer Trainingslauf ist im Gange. Diesen zuerst beenden.</translation>
    </message>
    <message>
        <source>This run has finished. Set a higher number of updates to train it longer.</source>
        <translation>Dieser Lauf ist fertig. Mit mehr Updates lässt er sich länger trainieren.</translation>
    </message>
    <message>
        <source>This run has finished. Set a higher number of search-aware updates to train it longer.</source>
        <translation>Dieser Lauf ist fertig. Mit mehr suchbewussten Updates lässt er sich länger trainieren.</translation>
    </message>
    <message>
        <source>This run has finished. Set a higher number of encoder updates to train it longer.</source>
        <translation>Dieser Lauf ist fertig. Mit mehr Encoder-Updates lässt er sich länger trainieren.</translation>
    </message>
    <message>
        <source>Take the best model of this run instead of the newest.</source>
        <translation>Das beste statt des neuesten Modells dieses Laufs nehmen.</translation>
    </message>
    <message>
        <source>Export best…</source>
        <translation>Bestes exportieren…</translation>
    </message>
    <message>
        <source>Export best ({description})…</source>
        <translation>Bestes exportieren ({description})…</translation>
    </message>
    <message>
        <source>The newest model of this run is also the best.</source>
        <translation>Das neueste Modell dieses Laufs ist auch das beste.</translation>
    </message>
    <message>
        <source>Save W, critic gap, SWD and speed of every update of the training run shown as a CSV table.</source>
        <translation>W, Kritikerabstand, SWD und Tempo jedes Updates des gezeigten Trainingslaufs als CSV-Tabelle speichern.</translation>
    </message>
    <message>
        <source>Evaluate model…</source>
        <translation>Modell auswerten…</translation>
    </message>
    <message>
        <source>Measure the model in use on held-out pictures: the experiment of the paper.</source>
        <translation>Das verwendete Modell an zurückgehaltenen Bildern messen: das Experiment der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Gestures</source>
        <translation>Gesten</translation>
    </message>
    <message>
        <source>Shortcuts and gestures</source>
        <translation>Tastenkürzel und Gesten</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search shortcuts and gestures</source>
        <translation>Tastenkürzel und Gesten durchsuchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Sucheingabe löschen</translation>
    </message>
    <message>
        <source>No matching shortcuts.</source>
        <translation>Keine passenden Tastenkürzel.</translation>
    </message>
    <message>
        <source>List all keyboard shortcuts and gestures.</source>
        <translation>Alle Tastenkürzel und Gesten auflisten.</translation>
    </message>
    <message>
        <source>Show log…</source>
        <translation>Protokoll zeigen…</translation>
    </message>
    <message>
        <source>Read what the program noted about its work.</source>
        <translation>Lesen, was das Programm über seine Arbeit notiert hat.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>Protokoll wird gelesen…</translation>
    </message>
    <message>
        <source>Copy diagnostic report</source>
        <translation>Diagnosebericht kopieren</translation>
    </message>
    <message>
        <source>Nothing was logged.</source>
        <translation>Nichts wurde protokolliert.</translation>
    </message>
    <message>
        <source>Copy versions, system and the last lines of the log, to paste into a report of a problem.</source>
        <translation>Versionen, System und die letzten Zeilen des Protokolls kopieren, um sie in eine Problemmeldung einzufügen.</translation>
    </message>
    <message>
        <source>&lt;h3&gt;WganPaint {version}&lt;/h3&gt;
&lt;p&gt;A photo editor that shows how each fill is found: gradient descent on the latent of a trained Wasserstein GAN, with
the contextual and perceptual loss of Yeh et al. and Cooper&apos;s critic-only loss side by side.&lt;/p&gt;
&lt;p&gt;MIT licence. Each model has its own licence, shown in the Model tab. The sample portrait shows Eileen Collins (NASA,
public domain, from scikit-image).&lt;/p&gt;
&lt;p&gt;Nothing you open leaves this computer.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;WganPaint {version}&lt;/h3&gt;
&lt;p&gt;Ein Fotoeditor, der zeigt, wie jede Füllung gefunden wird: durch Gradientenabstieg auf dem Latentvektor eines trainierten Wasserstein-GANs, mit dem Kontext- und Wahrnehmungsverlust von Yeh et al. und Coopers reinem Kritikerverlust nebeneinander.&lt;/p&gt;
&lt;p&gt;MIT-Lizenz. Jedes Modell hat seine eigene Lizenz; sie steht im Reiter „Modell“. Das Beispielporträt zeigt Eileen Collins (NASA, gemeinfrei, aus scikit-image).&lt;/p&gt;
&lt;p&gt;Nichts, was geöffnet wird, verlässt diesen Computer.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponente</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>About WganPaint</source>
        <translation>Über WganPaint</translation>
    </message>
    <message>
        <source>Components and their licences</source>
        <translation>Komponenten und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>drop it on the window</source>
        <translation>auf das Fenster ziehen</translation>
    </message>
    <message>
        <source>Open a recent photo</source>
        <translation>Zuletzt geöffnetes Foto öffnen</translation>
    </message>
    <message>
        <source>File, Open recent</source>
        <translation>Datei, Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Return to a photo with unsaved work</source>
        <translation>Zu einem Foto mit nicht gespeicherter Arbeit zurückkehren</translation>
    </message>
    <message>
        <source>open it again, or File, Unsaved work</source>
        <translation>erneut öffnen oder Datei, Nicht gespeicherte Arbeit</translation>
    </message>
    <message>
        <source>Erase with brush or shape</source>
        <translation>Mit Pinsel oder Form radieren</translation>
    </message>
    <message>
        <source>right button, Alt or Ctrl</source>
        <translation>rechte Maustaste, Alt oder Strg</translation>
    </message>
    <message>
        <source>Straight line from the last stroke</source>
        <translation>Gerade Linie vom letzten Strich</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Umschalt+Klick</translation>
    </message>
    <message>
        <source>Cancel the current stroke</source>
        <translation>Laufenden Strich abbrechen</translation>
    </message>
    <message>
        <source>Esc before releasing the button</source>
        <translation>Esc vor dem Loslassen der Maustaste</translation>
    </message>
    <message>
        <source>Brush size and hardness</source>
        <translation>Größe und Härte des Pinsels</translation>
    </message>
    <message>
        <source>Alt+right-drag: sideways, up and down</source>
        <translation>Alt+Ziehen mit rechter Maustaste: seitwärts, auf und ab</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Alt+wheel</source>
        <translation>Alt+Mausrad</translation>
    </message>
    <message>
        <source>Combine a shape with the mask</source>
        <translation>Form mit der Maske verbinden</translation>
    </message>
    <message>
        <source>Square or circle; around the first point</source>
        <translation>Quadrat oder Kreis; um den ersten Punkt</translation>
    </message>
    <message>
        <source>press Shift; Alt or Ctrl, after the mouse button</source>
        <translation>Umschalt; Alt oder Strg, nach der Maustaste drücken</translation>
    </message>
    <message>
        <source>Close a polygon; remove a corner</source>
        <translation>Polygon schließen; Ecke entfernen</translation>
    </message>
    <message>
        <source>click on its first corner, double-click or Enter; Backspace</source>
        <translation>Klick auf die erste Ecke, Doppelklick oder Enter; Rücktaste</translation>
    </message>
    <message>
        <source>Draw a new frame</source>
        <translation>Neuen Rahmen aufziehen</translation>
    </message>
    <message>
        <source>Frame tool: drag outside the frame</source>
        <translation>Werkzeug „Rahmen“: außerhalb des Rahmens ziehen</translation>
    </message>
    <message>
        <source>Frame tool: Alt+drag</source>
        <translation>Werkzeug „Rahmen“: Alt+Ziehen</translation>
    </message>
    <message>
        <source>Move the frame in fine steps</source>
        <translation>Rahmen in feinen Schritten verschieben</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Umschalt+Ziehen</translation>
    </message>
    <message>
        <source>Turn the frame; in steps of 15°</source>
        <translation>Rahmen drehen; in Schritten von 15°</translation>
    </message>
    <message>
        <source>Frame tool: drag its round handle; with Shift</source>
        <translation>Werkzeug „Rahmen“: am runden Griff ziehen; mit Umschalt</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>wheel, Ctrl+wheel, pinch</source>
        <translation>Mausrad, Strg+Mausrad, zwei Finger spreizen</translation>
    </message>
    <message>
        <source>Space+drag, middle-button drag, arrow keys, two fingers on a touchpad</source>
        <translation>Leertaste+Ziehen, Ziehen mit der mittleren Maustaste, Pfeiltasten, zwei Finger auf dem Touchpad</translation>
    </message>
    <message>
        <source>Move the divider of the split view</source>
        <translation>Trennlinie der geteilten Ansicht verschieben</translation>
    </message>
    <message>
        <source>drag it</source>
        <translation>ziehen</translation>
    </message>
    <message>
        <source>Enlarge a picture of the search</source>
        <translation>Bild der Suche vergrößern</translation>
    </message>
    <message>
        <source>hover over it</source>
        <translation>Mauszeiger darüber halten</translation>
    </message>
    <message>
        <source>Return from the timeline to the best step</source>
        <translation>Von der Zeitleiste zum besten Schritt zurück</translation>
    </message>
    <message>
        <source>double-click the timeline</source>
        <translation>Doppelklick auf die Zeitleiste</translation>
    </message>
    <message>
        <source>Reset a setting to its default</source>
        <translation>Eine Einstellung auf ihren Standard setzen</translation>
    </message>
    <message>
        <source>double-click its name</source>
        <translation>Doppelklick auf ihren Namen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Pen and magic wand</source>
        <translation>Stift und Zauberstab</translation>
    </message>
    <message>
        <source>Pen pressure changes</source>
        <translation>Stiftdruck ändert</translation>
    </message>
    <message>
        <source>The size</source>
        <translation>Die Größe</translation>
    </message>
    <message>
        <source>The hardness</source>
        <translation>Die Härte</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Tolerance of the wand</source>
        <translation>Toleranz des Zauberstabs</translation>
    </message>
    <message>
        <source>How far a colour may differ, in levels of 255.</source>
        <translation>Wie weit eine Farbe abweichen darf, in Stufen von 255.</translation>
    </message>
    <message>
        <source>Wand selects connected pixels only</source>
        <translation>Zauberstab wählt nur benachbarte Pixel</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Return to the photo (Esc). Training continues in the background.</source>
        <translation>Zurück zum Foto (Esc). Das Training läuft im Hintergrund weiter.</translation>
    </message>
    <message>
        <source>Train new model</source>
        <translation>Neues Modell trainieren</translation>
    </message>
    <message>
        <source>Compare training runs</source>
        <translation>Trainingsläufe vergleichen</translation>
    </message>
    <message>
        <source>Opacity of the mask</source>
        <translation>Deckkraft der Maske</translation>
    </message>
    <message>
        <source>How strongly the tint covers the photo.</source>
        <translation>Wie stark die Farbe das Foto deckt.</translation>
    </message>
    <message>
        <source>Pixel grid above 800%</source>
        <translation>Pixelraster über 800 %</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Change shortcuts</source>
        <translation>Tastenkürzel ändern</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Key of the selected action</source>
        <translation>Taste der gewählten Aktion</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>Taste entfernen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Give the selected action the key that the program came with.</source>
        <translation>Der gewählten Aktion ihre ursprüngliche Taste geben.</translation>
    </message>
    <message>
        <source>{key} belongs to the photo and the fields. Choose another key.</source>
        <translation>{key} gehört zum Foto und zu den Feldern. Bitte eine andere Taste wählen.</translation>
    </message>
    <message>
        <source>Two actions have the same key: change one of them.</source>
        <translation>Zwei Aktionen haben dieselbe Taste: eine davon ändern.</translation>
    </message>
    <message>
        <source>Compared candidate</source>
        <translation>Verglichener Kandidat</translation>
    </message>
    <message>
        <source>The photo with another candidate, at the same place and zoom.</source>
        <translation>Das Foto mit einem anderen Kandidaten, an derselben Stelle und im selben Zoom.</translation>
    </message>
    <message>
        <source>Paint over the area to fill</source>
        <translation>Die Fläche zum Füllen übermalen</translation>
    </message>
    <message>
        <source>Photo canvas</source>
        <translation>Fotofläche</translation>
    </message>
    <message>
        <source>The photo with its mask. Paint over the area to fill; arrow keys scroll.</source>
        <translation>Das Foto mit seiner Maske. Die Fläche zum Füllen übermalen; Pfeiltasten verschieben.</translation>
    </message>
    <message>
        <source>fill region</source>
        <translation>Bereich füllen</translation>
    </message>
    <message>
        <source>A polygon needs three corners: click where the next one should be, or press Esc.</source>
        <translation>Ein Polygon braucht drei Ecken: auf die Stelle der nächsten klicken oder Esc drücken.</translation>
    </message>
    <message>
        <source>{size:.0f} px  ·  hardness {percent:.0f}%</source>
        <translation>{size:.0f} px  ·  Härte {percent:.0f} %</translation>
    </message>
    <message>
        <source>Choose a photo or a project on this computer.</source>
        <translation>Ein Foto oder Projekt auf diesem Computer wählen.</translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation>Foto öffnen…</translation>
    </message>
    <message>
        <source>Open the portrait that comes with WganPaint.</source>
        <translation>Das mitgelieferte Porträt öffnen.</translation>
    </message>
    <message>
        <source>Try sample portrait</source>
        <translation>Beispielporträt testen</translation>
    </message>
    <message>
        <source>Drop a photo here</source>
        <translation>Foto hierher ziehen</translation>
    </message>
    <message>
        <source>Then paint over the area to fill and let the model find images that fit.</source>
        <translation>Dann die Fläche zum Füllen übermalen und das Modell passende Bilder finden lassen.</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>eraser stroke</source>
        <translation>Radiererstrich</translation>
    </message>
    <message>
        <source>brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <source>The model is loading.</source>
        <translation>Das Modell wird geladen.</translation>
    </message>
    <message>
        <source>There is no model to evaluate.</source>
        <translation>Es gibt kein Modell zum Auswerten.</translation>
    </message>
    <message>
        <source>Choose a folder or zip of pictures, or drop it here.</source>
        <translation>Einen Ordner oder ein ZIP wählen oder hierher ziehen.</translation>
    </message>
    <message>
        <source>Choose at least one part to remove.</source>
        <translation>Mindestens einen Teil zum Entfernen wählen.</translation>
    </message>
    <message>
        <source>Measure the model in use. Your photo stays open.</source>
        <translation>Das verwendete Modell messen. Das Foto bleibt offen.</translation>
    </message>
    <message>
        <source>Waiting for fill</source>
        <translation>Wartet auf Füllung</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Reading pictures</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message>
        <source>Stopped. Evaluate again to continue where it stopped.</source>
        <translation>Beendet. Erneutes Auswerten macht dort weiter.</translation>
    </message>
    <message>
        <source>Finished.</source>
        <translation>Fertig.</translation>
    </message>
    <message>
        <source>The evaluation of {name} has finished.</source>
        <translation>Die Auswertung von {name} ist fertig.</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>Choose folder of pictures</source>
        <translation>Bilderordner wählen</translation>
    </message>
    <message>
        <source>Choose zip of pictures</source>
        <translation>ZIP mit Bildern wählen</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>ZIP-Dateien (*.zip)</translation>
    </message>
    <message>
        <source>Save results in folder</source>
        <translation>Ergebnisse in Ordner speichern</translation>
    </message>
    <message>
        <source>Results saved in {folder}.</source>
        <translation>Ergebnisse in {folder} gespeichert.</translation>
    </message>
    <message>
        <source>Another window runs this evaluation.</source>
        <translation>Ein anderes Fenster führt diese Auswertung aus.</translation>
    </message>
    <message>
        <source>Wait for it, or choose other pictures.</source>
        <translation>Darauf warten oder andere Bilder wählen.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Mean ± standard error of each method, and the seconds that all its fills took.</source>
        <translation>Mittelwert ± Standardfehler jeder Methode und die Sekunden für alle ihre Füllungen.</translation>
    </message>
    <message>
        <source>Fills</source>
        <translation>Füllungen</translation>
    </message>
    <message>
        <source>Original, corrupted and filled images side by side, as in the paper&apos;s figure 4.</source>
        <translation>Originale, beschädigte und gefüllte Bilder nebeneinander, wie in Abbildung 4 der Veröffentlichung.</translation>
    </message>
    <message>
        <source>W curve</source>
        <translation>W-Kurve</translation>
    </message>
    <message>
        <source>The W curve of the training run, as in the paper&apos;s figure 2.</source>
        <translation>Die W-Kurve des Trainingslaufs, wie in Abbildung 2 der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>100 samples of the model, as in the paper&apos;s figure 3.</source>
        <translation>100 Beispiele des Modells, wie in Abbildung 3 der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio inside the hole, in dB; higher is better.</source>
        <translation>Spitzen-Signal-Rausch-Verhältnis im Loch, in dB; höher ist besser.</translation>
    </message>
    <message>
        <source>Structural similarity inside the hole, −1 to 1; higher is better.</source>
        <translation>Strukturelle Ähnlichkeit im Loch, −1 bis 1; höher ist besser.</translation>
    </message>
    <message>
        <source>Mean absolute difference inside the hole, 0 to 2; lower is better.</source>
        <translation>Mittlere absolute Differenz im Loch, 0 bis 2; niedriger ist besser.</translation>
    </message>
    <message>
        <source>The critic&apos;s score of the whole image; higher is more real.</source>
        <translation>Bewertung des ganzen Bilds durch den Kritiker; höher ist echter.</translation>
    </message>
    <message>
        <source>Seconds that all fills of the method took.</source>
        <translation>Sekunden für alle Füllungen der Methode.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Table of the evaluation</source>
        <translation>Tabelle der Auswertung</translation>
    </message>
    <message>
        <source>Figure of the evaluation</source>
        <translation>Abbildung der Auswertung</translation>
    </message>
    <message>
        <source>Animated WebP (*.webp)</source>
        <translation>Animiertes WebP (*.webp)</translation>
    </message>
    <message>
        <source>Animated GIF (*.gif)</source>
        <translation>Animiertes GIF (*.gif)</translation>
    </message>
    <message>
        <source>Export the filled region, cropped</source>
        <translation>Gefüllten Bereich zugeschnitten exportieren</translation>
    </message>
    <message>
        <source>Export the filled region</source>
        <translation>Gefüllten Bereich exportieren</translation>
    </message>
    <message>
        <source>Export with quality</source>
        <translation>Mit Qualitätsstufe exportieren</translation>
    </message>
    <message>
        <source>The steps of this search are not in the project, so there is no film of them.</source>
        <translation>Die Schritte dieser Suche sind nicht im Projekt, daher gibt es keinen Film davon.</translation>
    </message>
    <message>
        <source>Fill again to get one.</source>
        <translation>Dafür erneut füllen.</translation>
    </message>
    <message>
        <source>Export the film</source>
        <translation>Film exportieren</translation>
    </message>
    <message>
        <source>Exported as {name}.</source>
        <translation>Als {name} exportiert.</translation>
    </message>
    <message>
        <source>{path} is the photo that is open; an export must not replace it.</source>
        <translation>{path} ist das geöffnete Foto; ein Export darf es nicht ersetzen.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Bitte einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Writing {name}: {percent}%</source>
        <translation>{name} wird geschrieben: {percent} %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV-Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Reading the folders…</source>
        <translation>Ordner werden gelesen…</translation>
    </message>
    <message>
        <source>Paused. {summary}</source>
        <translation>Angehalten. {summary}</translation>
    </message>
    <message>
        <source>Photo {number} of {total}: {name}</source>
        <translation>Foto {number} von {total}: {name}</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>noch etwa %n Minute</numerusform>
            <numerusform>noch etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Fertig.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Beendet.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) filled</source>
        <translation>
            <numerusform>%n Foto gefüllt</numerusform>
            <numerusform>%n Fotos gefüllt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped, with a result already</source>
        <translation>
            <numerusform>%n mit Ergebnis übersprungen</numerusform>
            <numerusform>%n mit Ergebnis übersprungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mask(s) without a photo</source>
        <translation>
            <numerusform>%n Maske ohne Foto</numerusform>
            <numerusform>%n Masken ohne Foto</numerusform>
        </translation>
    </message>
    <message>
        <source>Every photo is filled from its own surroundings.</source>
        <translation>Jedes Foto wird aus seiner eigenen Umgebung gefüllt.</translation>
    </message>
    <message>
        <source>The model is not loaded yet.</source>
        <translation>Das Modell ist noch nicht geladen.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s)</source>
        <translation>
            <numerusform>%n Kandidat</numerusform>
            <numerusform>%n Kandidaten</numerusform>
        </translation>
    </message>
    <message>
        <source>{model}, {steps}, {candidates}, as set in the Fill panel.</source>
        <translation>{model}, {steps}, {candidates}, wie im Bereich „Füllen“ eingestellt.</translation>
    </message>
    <message>
        <source>Report saved as {name}.</source>
        <translation>Bericht als {name} gespeichert.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the folder: {name}</source>
        <translation>Ordner wählen: {name}</translation>
    </message>
    <message>
        <source>Opens everywhere; cannot hold transparency.</source>
        <translation>Lässt sich überall öffnen; ohne Transparenz.</translation>
    </message>
    <message>
        <source>Smaller at the same quality; holds transparency.</source>
        <translation>Kleiner bei gleicher Qualität; mit Transparenz.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality of the file, 1 to 100, default {default}: higher changes less and takes more room.</source>
        <translation>Qualität der Datei, 1 bis 100, Standard: {default}. Höher ändert weniger und braucht mehr Platz.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>Computing the preview…</source>
        <translation>Vorschau wird berechnet…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>{name}: a part of the photo at 100%</source>
        <translation>{name}: ein Teil des Fotos bei 100 %</translation>
    </message>
    <message>
        <source>The file will take {room}. In this part, values change by {mean} of 255 on average and by {largest} at most; so does the photo outside the mask.</source>
        <translation>Die Datei wird {room} groß. In diesem Teil ändern sich die Werte im Mittel um {mean} von 255 und höchstens um {largest}; ebenso das Foto außerhalb der Maske.</translation>
    </message>
    <message>
        <source>steps/s</source>
        <translation>Schritte/s</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} Tg. {hours} h</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>Bilder/s</translation>
    </message>
    <message>
        <source>{left}, then {stage}</source>
        <translation>{left}, dann {stage}</translation>
    </message>
    <message>
        <source>invert mask</source>
        <translation>Maske invertieren</translation>
    </message>
    <message>
        <source>clear mask</source>
        <translation>Maske löschen</translation>
    </message>
    <message>
        <source>grow mask</source>
        <translation>Maske vergrößern</translation>
    </message>
    <message>
        <source>shrink mask</source>
        <translation>Maske verkleinern</translation>
    </message>
    <message>
        <source>How far the mask grows on all sides</source>
        <translation>Um wie viel die Maske nach allen Seiten wächst</translation>
    </message>
    <message>
        <source>How far the mask shrinks on all sides</source>
        <translation>Um wie viel die Maske von allen Seiten schrumpft</translation>
    </message>
    <message>
        <source>How strongly the outline is rounded; specks and gaps much narrower than this vanish</source>
        <translation>Wie stark der Umriss abgerundet wird; viel schmalere Flecken und Lücken verschwinden</translation>
    </message>
    <message>
        <source>smooth mask</source>
        <translation>Maske glätten</translation>
    </message>
    <message>
        <source>The model&apos;s fills fade over a soft edge.</source>
        <translation>Füllungen des Modells blenden über eine weiche Kante ein.</translation>
    </message>
    <message>
        <source>None</source>
        <comment>blend</comment>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation>Poisson</translation>
    </message>
    <message>
        <source>Fills fade over a soft edge with the edge blend Feather only; yours is {used}.</source>
        <translation>Füllungen blenden nur mit dem Randübergang „Weich“ über eine weiche Kante ein; eingestellt ist „{used}“.</translation>
    </message>
    <message>
        <source>How far the edge is softened on both sides; 0 makes it hard. Which pixels are filled stays the same</source>
        <translation>Wie weit die Kante beiderseits weich wird; 0 macht sie hart. Welche Pixel gefüllt werden, bleibt gleich</translation>
    </message>
    <message>
        <source>feather mask</source>
        <translation>Weiche Kante der Maske</translation>
    </message>
    <message>
        <source>{what}, in photo pixels, {least} to {most}, default {usual}.</source>
        <translation>{what}, in Fotopixeln, {least} bis {most}, Standard: {usual}.</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>magic wand</source>
        <translation>Zauberstab</translation>
    </message>
    <message>
        <source>Mask colour</source>
        <translation>Maskenfarbe</translation>
    </message>
    <message>
        <source>last mask</source>
        <translation>letzte Maske</translation>
    </message>
    <message>
        <source>mask from transparency</source>
        <translation>Maske aus Transparenz</translation>
    </message>
    <message>
        <source>Nothing in this photo is fully transparent.</source>
        <translation>Nichts in diesem Foto ist ganz transparent.</translation>
    </message>
    <message>
        <source>Side of the square in per cent of the frame&apos;s side, 1 to 100, default 25: the paper&apos;s 16 of 64 pixels.</source>
        <translation>Seite des Quadrats in Prozent der Rahmenseite, 1 bis 100, Standard: 25, die 16 von 64 Pixeln der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>centre square</source>
        <translation>Quadrat in der Mitte</translation>
    </message>
    <message>
        <source>Per cent of the model&apos;s pixels in the frame that are masked, 1 to 99, default 80: the paper&apos;s.</source>
        <translation>Prozent der Modellpixel im Rahmen, die maskiert werden, 1 bis 99, Standard: 80 wie in der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Context weight</source>
        <translation>Kontextgewicht</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Refinement steps</source>
        <translation>Verfeinerungsschritte</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Edge blend</source>
        <translation>Randübergang</translation>
    </message>
    <message>
        <source>More: optimiser, rate, seed, device</source>
        <translation>Mehr: Optimierer, Rate, Gerät</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Known pixels</source>
        <translation>Bekannte Pixel</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Choose another seed: the next search starts from other latents.</source>
        <translation>Einen anderen Startwert wählen: die nächste Suche beginnt bei anderen Latentvektoren.</translation>
    </message>
    <message>
        <source>Choose another seed</source>
        <translation>Anderen Startwert wählen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Which pixels they are; the same seed, the same pixels. Default 0.</source>
        <translation>Welche Pixel es sind; gleicher Startwert, gleiche Pixel. Standard: 0.</translation>
    </message>
    <message>
        <source>random pixels</source>
        <translation>zufällige Pixel</translation>
    </message>
    <message>
        <source>Inside the frame, in the {side}&#xa0;×&#xa0;{side} pixels of the model.</source>
        <translation>Im Rahmen, in den {side}&#xa0;×&#xa0;{side} Pixeln des Modells.</translation>
    </message>
    <message>
        <source>Nothing would be masked.</source>
        <translation>Nichts würde maskiert.</translation>
    </message>
    <message>
        <source>The mask has changed meanwhile, so “{change}” was left out. Choose it again.</source>
        <translation>Die Maske hat sich inzwischen geändert; „{change}“ wurde ausgelassen. Bitte erneut wählen.</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Error details</source>
        <translation>Fehlerdetails</translation>
    </message>
    <message>
        <source>Report: {report}</source>
        <translation>Bericht: {report}</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Details zeigen</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Please save your work.</source>
        <translation>Bitte die Arbeit speichern.</translation>
    </message>
    <message>
        <source>WganPaint closed unexpectedly last time.</source>
        <translation>WganPaint wurde letztes Mal unerwartet beendet.</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Undo {entry}</source>
        <translation>Rückgängig: {entry}</translation>
    </message>
    <message>
        <source>Redo {entry}</source>
        <translation>Wiederherstellen: {entry}</translation>
    </message>
    <message>
        <source>Opened photo</source>
        <translation>Foto geöffnet</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>All changes of mask, frame and photo. Click one to go back or forward to it.</source>
        <translation>Alle Änderungen an Maske, Rahmen und Foto. Ein Klick geht zu einer zurück oder vor.</translation>
    </message>
    <message>
        <source>Undone. Click to redo it.</source>
        <translation>Rückgängig gemacht. Ein Klick stellt die Änderung wieder her.</translation>
    </message>
    <message>
        <source>Click to go back to this change.</source>
        <translation>Ein Klick geht zu dieser Änderung zurück.</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Photos and projects</source>
        <translation>Fotos und Projekte</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
    <message>
        <source>lossless</source>
        <translation>verlustfrei</translation>
    </message>
    <message>
        <source>lossy</source>
        <translation>verlustbehaftet</translation>
    </message>
    <message>
        <source>WganPaint project</source>
        <translation>WganPaint-Projekt</translation>
    </message>
    <message>
        <source>{name} already exists. Replace it?</source>
        <translation>{name} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace file</source>
        <translation>Datei ersetzen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Load mask</source>
        <translation>Maske laden</translation>
    </message>
    <message>
        <source>{doubt} Use it as the mask?</source>
        <translation>{doubt} Als Maske verwenden?</translation>
    </message>
    <message>
        <source>Use as mask</source>
        <translation>Als Maske verwenden</translation>
    </message>
    <message>
        <source>Mask of another size</source>
        <translation>Maske anderer Größe</translation>
    </message>
    <message>
        <source>The mask has {mask} pixels, the photo {photo}.</source>
        <translation>Die Maske hat {mask} Pixel, das Foto {photo}.</translation>
    </message>
    <message>
        <source>Scale it to the photo, or centre it at its own size; what lies over the photo&apos;s edges is cut off.</source>
        <translation>Sie auf das Foto skalieren oder in eigener Größe zentrieren; was über den Rand des Fotos ragt, wird abgeschnitten.</translation>
    </message>
    <message>
        <source>Scaling stretches it, as the proportions differ.</source>
        <translation>Skalieren verzerrt sie, weil die Seitenverhältnisse verschieden sind.</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
    <message>
        <source>Project changed</source>
        <translation>Projekt geändert</translation>
    </message>
    <message>
        <source>Another program has changed {name} since you opened or saved it here.</source>
        <translation>Ein anderes Programm hat {name} geändert, seit es hier geöffnet oder gespeichert wurde.</translation>
    </message>
    <message>
        <source>Save your version under another name to keep both, or replace the file.</source>
        <translation>Diese Fassung unter anderem Namen speichern, um beide zu behalten, oder die Datei ersetzen.</translation>
    </message>
    <message>
        <source>Film strip: the photos of the folder</source>
        <translation>Filmstreifen: die Fotos des Ordners</translation>
    </message>
    <message>
        <source>load mask</source>
        <translation>Maske laden</translation>
    </message>
    <message>
        <source>{path} is the photo that is open; its mask must not replace it.</source>
        <translation>{path} ist das geöffnete Foto; seine Maske darf es nicht ersetzen.</translation>
    </message>
    <message>
        <source>Mask saved as {name}.</source>
        <translation>Maske als {name} gespeichert.</translation>
    </message>
    <message>
        <source>Save mask</source>
        <translation>Maske speichern</translation>
    </message>
    <message>
        <source>Mask copied to the clipboard.</source>
        <translation>Maske in die Zwischenablage kopiert.</translation>
    </message>
    <message>
        <source>There is no mask on the clipboard.</source>
        <translation>In der Zwischenablage ist keine Maske.</translation>
    </message>
    <message>
        <source>Copy a mask, or a picture with white to be filled.</source>
        <translation>Eine Maske kopieren oder ein Bild, in dem Weiß gefüllt werden soll.</translation>
    </message>
    <message>
        <source>paste mask</source>
        <translation>Maske einfügen</translation>
    </message>
    <message>
        <source>The picture on the clipboard</source>
        <translation>Das Bild in der Zwischenablage</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Copy one in another program first.</source>
        <translation>Zuerst in einem anderen Programm eines kopieren.</translation>
    </message>
    <message>
        <source>The latents of this fill have {size} numbers, those of {name} {model_size}.</source>
        <translation>Die Latentvektoren dieser Füllung haben {size} Zahlen, die von {name} {model_size}.</translation>
    </message>
    <message>
        <source>Discard it and fill again.</source>
        <translation>Verwerfen und neu füllen.</translation>
    </message>
    <message>
        <source>The locked candidates have {side} pixels a side, the images of {name} {model_side}.</source>
        <translation>Die gesperrten Kandidaten haben {side} Pixel je Seite, die Bilder von {name} {model_side}.</translation>
    </message>
    <message>
        <source>Unlock them, or use the model that found them.</source>
        <translation>Sie entsperren oder das Modell verwenden, das sie gefunden hat.</translation>
    </message>
    <message>
        <source>These candidates were found with the model {theirs}. The search continues with {ours}, to which their latents mean something else.</source>
        <translation>Diese Kandidaten wurden mit dem Modell {theirs} gefunden. Die Suche läuft mit {ours} weiter, für das ihre Latentvektoren etwas anderes bedeuten.</translation>
    </message>
    <message>
        <source>Keep or discard this fill before you move its frame.</source>
        <translation>Diese Füllung übernehmen oder verwerfen, bevor ihr Rahmen verschoben wird.</translation>
    </message>
    <message>
        <source>Paint over the area to fill first.</source>
        <translation>Zuerst die Fläche zum Füllen übermalen.</translation>
    </message>
    <message>
        <source>The model is still loading; the fill can start in a moment.</source>
        <translation>Das Modell lädt noch; das Füllen kann gleich beginnen.</translation>
    </message>
    <message numerus="yes">
        <source>The frame leaves out %n masked pixel(s), which would not be filled.</source>
        <translation>
            <numerusform>Der Rahmen lässt %n maskiertes Pixel aus, das nicht gefüllt würde.</numerusform>
            <numerusform>Der Rahmen lässt %n maskierte Pixel aus, die nicht gefüllt würden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Grow the frame</source>
        <translation>Rahmen vergrößern</translation>
    </message>
    <message>
        <source>Fill inside the frame</source>
        <translation>Im Rahmen füllen</translation>
    </message>
    <message>
        <source>grow frame</source>
        <translation>Rahmen vergrößern</translation>
    </message>
    <message>
        <source>automatic frame</source>
        <translation>automatischer Rahmen</translation>
    </message>
    <message>
        <source>whole photo frame</source>
        <translation>Rahmen um das ganze Foto</translation>
    </message>
    <message>
        <source>remove frame</source>
        <translation>Rahmen entfernen</translation>
    </message>
    <message>
        <source>add frame</source>
        <translation>Rahmen hinzufügen</translation>
    </message>
    <message>
        <source>Discard the fill and move the frame</source>
        <translation>Füllung verwerfen und Rahmen verschieben</translation>
    </message>
    <message>
        <source>move frame</source>
        <translation>Rahmen verschieben</translation>
    </message>
    <message>
        <source>turn frame</source>
        <translation>Rahmen drehen</translation>
    </message>
    <message>
        <source>The search needs the model, which is still loading.</source>
        <translation>Die Suche braucht das Modell, das noch lädt.</translation>
    </message>
    <message>
        <source>Try in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The mask no longer covers this fill.</source>
        <translation>Die Maske bedeckt diese Füllung nicht mehr.</translation>
    </message>
    <message>
        <source>Undo the change, or fill again.</source>
        <translation>Die Änderung rückgängig machen oder neu füllen.</translation>
    </message>
    <message>
        <source>The model {name} has no encoder, so the search starts at random latents.</source>
        <translation>Das Modell {name} hat keinen Encoder, daher beginnt die Suche bei zufälligen Latentvektoren.</translation>
    </message>
    <message>
        <source>Filled from the surroundings; search with the model to try anyway.</source>
        <translation>Aus der Umgebung gefüllt; mit dem Modell suchen, um es trotzdem zu versuchen.</translation>
    </message>
    <message>
        <source>Frame {number} of {count}</source>
        <translation>Rahmen {number} von {count}</translation>
    </message>
    <message>
        <source>It often helps to move the frame so that it shows what the model knows.</source>
        <translation>Oft hilft es, den Rahmen so zu verschieben, dass er zeigt, was das Modell kennt.</translation>
    </message>
    <message>
        <source>It often helps to move the frame so that a face fills it as in the model&apos;s samples.</source>
        <translation>Oft hilft es, den Rahmen so zu verschieben, dass ein Gesicht ihn füllt wie in den Beispielen des Modells.</translation>
    </message>
    <message>
        <source>The known-region fit is poor.</source>
        <translation>Die Passung des Bekannten ist schlecht.</translation>
    </message>
    <message>
        <source>Move the frame</source>
        <translation>Rahmen verschieben</translation>
    </message>
    <message>
        <source>The mask is much larger than the face under it, and {name} knows only faces: the mask will be filled from the surroundings.</source>
        <translation>Die Maske ist viel größer als das Gesicht darunter, und {name} kennt nur Gesichter: sie wird aus der Umgebung gefüllt.</translation>
    </message>
    <message>
        <source>No face was found under the mask, and {name} knows only faces: the mask will be filled from the surroundings.</source>
        <translation>Unter der Maske wurde kein Gesicht gefunden, und {name} kennt nur Gesichter: sie wird aus der Umgebung gefüllt.</translation>
    </message>
    <message>
        <source>model sees {side} × {side}</source>
        <translation>Modell sieht {side} × {side}</translation>
    </message>
    <message>
        <source>The model {name} has no encoder, so there is no first guess.</source>
        <translation>Das Modell {name} hat keinen Encoder, daher gibt es keine erste Vermutung.</translation>
    </message>
    <message>
        <source>The generator was fitted to this photo for this candidate; of its refinement, this step was the best.</source>
        <translation>Für diesen Kandidaten wurde der Generator an dieses Foto angepasst; von der Verfeinerung war dies der beste Schritt.</translation>
    </message>
    <message>
        <source>loss –</source>
        <translation>Verlust –</translation>
    </message>
    <message>
        <source>Generated image of this candidate: G(z), the whole frame.</source>
        <translation>Erzeugtes Bild dieses Kandidaten: G(z), der ganze Rahmen.</translation>
    </message>
    <message>
        <source>fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>Photo with the fill in it, at model resolution: M · x + (1 − M) · G(z).</source>
        <translation>Foto mit der Füllung, in Modellauflösung: M · x + (1 − M) · G(z).</translation>
    </message>
    <message>
        <source>Loss of the candidate shown, no unit: lower is better; compare it within one method only.</source>
        <translation>Verlust des gezeigten Kandidaten, ohne Einheit: niedriger ist besser; nur innerhalb einer Methode vergleichbar.</translation>
    </message>
    <message>
        <source>loss {loss}</source>
        <translation>Verlust {loss}</translation>
    </message>
    <message>
        <source>best at step {step}</source>
        <translation>am besten: {step}</translation>
    </message>
    <message>
        <source>refined, best at step {step}</source>
        <translation>verfeinert, am besten: {step}</translation>
    </message>
    <message>
        <source>refined, step {step}</source>
        <translation>verfeinert: {step}</translation>
    </message>
    <message>
        <source>Loss at every step</source>
        <translation>Verlust bei jedem Schritt</translation>
    </message>
    <message>
        <source>Loss at every step, no unit: lower is better. Drag to look back at earlier steps.</source>
        <translation>Verlust bei jedem Schritt, ohne Einheit: niedriger ist besser. Ziehen zeigt frühere Schritte.</translation>
    </message>
    <message>
        <source>Mix both candidates: the image between their latents, to be kept like a candidate. A refined candidate is mixed as it was before. Double-click for none of the right one.</source>
        <translation>Beide Kandidaten mischen: das Bild zwischen ihren Latentvektoren, das sich wie ein Kandidat übernehmen lässt. Ein verfeinerter wird gemischt, wie er vorher war. Doppelklick für nichts vom rechten.</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>Mix {one} with {other}</source>
        <translation>{one} mit {other} mischen</translation>
    </message>
    <message>
        <source>patches of the photo</source>
        <translation>Stücke des Fotos</translation>
    </message>
    <message>
        <source>biharmonic interpolation</source>
        <translation>biharmonische Interpolation</translation>
    </message>
    <message>
        <source>Telea’s interpolation</source>
        <translation>Interpolation nach Telea</translation>
    </message>
    <message>
        <source>Navier–Stokes interpolation</source>
        <translation>Navier-Stokes-Interpolation</translation>
    </message>
    <message>
        <source>frequency selective reconstruction</source>
        <translation>frequenzselektive Rekonstruktion</translation>
    </message>
    <message>
        <source>The photo around the mask, with this fill in it.</source>
        <translation>Das Foto um die Maske, mit dieser Füllung.</translation>
    </message>
    <message>
        <source>Filled from the photo itself, at its own resolution, without the model. Click to show it.</source>
        <translation>Aus dem Foto selbst gefüllt, in dessen Auflösung, ohne das Modell. Ein Klick zeigt es.</translation>
    </message>
    <message>
        <source>copying…</source>
        <translation>kopiert…</translation>
    </message>
    <message>
        <source>copying… {done} of {total} parts</source>
        <translation>kopiert… {done} von {total} Teilen</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>refined</source>
        <translation>verfeinert</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>Candidate {number}</source>
        <translation>Kandidat {number}</translation>
    </message>
    <message>
        <source>{candidate} has stopped: its loss is no longer a number. Its best step remains.</source>
        <translation>{candidate} wurde beendet: sein Verlust ist keine Zahl mehr. Sein bester Schritt bleibt.</translation>
    </message>
    <message>
        <source>Click to show it on the photo.</source>
        <translation>Ein Klick zeigt ihn im Foto.</translation>
    </message>
    <message>
        <source>Click to show it on the photo and refine it.</source>
        <translation>Ein Klick zeigt ihn im Foto und verfeinert ihn.</translation>
    </message>
    <message>
        <source>Chosen.</source>
        <translation>Gewählt.</translation>
    </message>
    <message>
        <source>Compared.</source>
        <translation>Verglichen.</translation>
    </message>
    <message>
        <source>Step that is shown: drag to look back at earlier steps of all candidates, press an arrow key to move one step, double-click to return to the best.</source>
        <translation>Gezeigter Schritt: ziehen zeigt frühere Schritte aller Kandidaten, eine Pfeiltaste geht einen Schritt weiter, Doppelklick führt zum besten zurück.</translation>
    </message>
    <message>
        <source>A project stores each candidate at its best, not its earlier steps.</source>
        <translation>Ein Projekt speichert jeden Kandidaten bei seinem besten Schritt, nicht die früheren.</translation>
    </message>
    <message>
        <source>refinement</source>
        <translation>Verfeinerung</translation>
    </message>
    <message>
        <source>search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>{part}: steps {first} to {last}</source>
        <translation>{part}: Schritte {first} bis {last}</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>{what}: step {step}.</source>
        <translation>{what}: Schritt {step}.</translation>
    </message>
    <message>
        <source>{what}: step {step}. Click to show it.</source>
        <translation>{what}: Schritt {step}. Ein Klick zeigt ihn.</translation>
    </message>
    <message>
        <source>refinement {share}</source>
        <translation>Verfeinerung {share}</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Show the newest step while the search runs, and the best of each candidate afterwards.</source>
        <translation>Während der Suche den neuesten Schritt zeigen, danach den besten jedes Kandidaten.</translation>
    </message>
    <message>
        <source>Follow the search</source>
        <translation>Der Suche folgen</translation>
    </message>
    <message>
        <source>Return to the best</source>
        <translation>Zum besten zurück</translation>
    </message>
    <message>
        <source>best of {count} steps</source>
        <translation>beste von {count} Schritten</translation>
    </message>
    <message>
        <source>step {share}</source>
        <translation>Schritt {share}</translation>
    </message>
    <message>
        <source>Critic’s eye: gradient of its score</source>
        <translation>Auge des Kritikers: Gradient seiner Bewertung</translation>
    </message>
    <message>
        <source>Difference × {factor}</source>
        <translation>Differenz × {factor}</translation>
    </message>
    <message>
        <source>{name} mixed with {share}% {other}</source>
        <translation>{name} gemischt mit {share} % {other}</translation>
    </message>
    <message>
        <source>{name}, loss {loss}</source>
        <translation>{name}, Verlust {loss}</translation>
    </message>
    <message>
        <source>Evaluation in progress</source>
        <translation>Laufende Auswertung</translation>
    </message>
    <message>
        <source>Stop the evaluation; what is finished is kept and need not be measured again.</source>
        <translation>Die Auswertung beenden; Fertiges bleibt und muss nicht erneut gemessen werden.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show the evaluation in place of the photo.</source>
        <translation>Die Auswertung statt des Fotos zeigen.</translation>
    </message>
    <message>
        <source>Evaluating {model}</source>
        <translation>{model} wird ausgewertet</translation>
    </message>
    <message>
        <source>Choose model file</source>
        <translation>Modelldatei wählen</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Now using {name}{age}. The open fill was found with another model.</source>
        <translation>{name}{age} ist jetzt in Gebrauch. Die offene Füllung wurde mit einem anderen Modell gefunden.</translation>
    </message>
    <message>
        <source>Search again from its latents</source>
        <translation>Von ihren Latentvektoren neu suchen</translation>
    </message>
    <message>
        <source>Now using {name}{age} for fills.</source>
        <translation>Gefüllt wird jetzt mit {name}{age}.</translation>
    </message>
    <message>
        <source>update {update}, SWD {measure}</source>
        <translation>Update {update}, SWD {measure}</translation>
    </message>
    <message>
        <source>encoder update {update}, guesses {measure} dB</source>
        <translation>Encoder-Update {update}, Vermutungen {measure} dB</translation>
    </message>
    <message>
        <source>search-aware update {update}, fills {measure} dB</source>
        <translation>suchbewusstes Update {update}, Füllungen {measure} dB</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht begonnen</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n update(s)</source>
        <translation>
            <numerusform>{done} von %n Update</numerusform>
            <numerusform>{done} von %n Updates</numerusform>
        </translation>
    </message>
    <message>
        <source>The run {name} has no model yet: it was stopped before its first sample grid.</source>
        <translation>Der Lauf {name} hat noch kein Modell: er wurde vor seinem ersten Beispielraster beendet.</translation>
    </message>
    <message>
        <source>Resume it and let it train a little longer.</source>
        <translation>Ihn fortsetzen und etwas länger trainieren lassen.</translation>
    </message>
    <message>
        <source>Added {name} to the list of models.</source>
        <translation>{name} zur Liste der Modelle hinzugefügt.</translation>
    </message>
    <message>
        <source>Export model</source>
        <translation>Modell exportieren</translation>
    </message>
    <message>
        <source>Export best model</source>
        <translation>Bestes Modell exportieren</translation>
    </message>
    <message>
        <source>Model of {run} saved as {file}.</source>
        <translation>Modell von {run} als {file} gespeichert.</translation>
    </message>
    <message>
        <source>Best model of {run} saved as {file}.</source>
        <translation>Bestes Modell von {run} als {file} gespeichert.</translation>
    </message>
    <message>
        <source>Its samples were not saved: {file} already exists.</source>
        <translation>Seine Beispiele wurden nicht gespeichert: {file} gibt es schon.</translation>
    </message>
    <message numerus="yes">
        <source>Metrics of {run} saved as {file} (%n row(s)).</source>
        <translation>
            <numerusform>Messwerte von {run} als {file} gespeichert (%n Zeile).</numerusform>
            <numerusform>Messwerte von {run} als {file} gespeichert (%n Zeilen).</numerusform>
        </translation>
    </message>
    <message>
        <source>Export metrics</source>
        <translation>Messwerte exportieren</translation>
    </message>
    <message>
        <source>Rename run</source>
        <translation>Lauf umbenennen</translation>
    </message>
    <message>
        <source>New name of the run:</source>
        <translation>Neuer Name des Laufs:</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete training run</source>
        <translation>Trainingslauf löschen</translation>
    </message>
    <message>
        <source>Delete the run {name}?</source>
        <translation>Den Lauf {name} löschen?</translation>
    </message>
    <message>
        <source>This run ({progress}) will be permanently deleted with its checkpoints, samples and model. Models that you exported or added to the list of models stay, and so do the pictures it was trained on.</source>
        <translation>Dieser Lauf ({progress}) wird mit seinen Checkpoints, Beispielen und seinem Modell endgültig gelöscht. Exportierte oder zur Liste hinzugefügte Modelle bleiben, ebenso die Bilder, mit denen er trainiert wurde.</translation>
    </message>
    <message>
        <source>Its model is in use, and stays in use until you close WganPaint.</source>
        <translation>Sein Modell ist in Gebrauch und bleibt es, bis WganPaint geschlossen wird.</translation>
    </message>
    <message>
        <source>To train its generator further, start a new run from its model.</source>
        <translation>Um seinen Generator weiter zu trainieren, einen neuen Lauf mit seinem Modell beginnen.</translation>
    </message>
    <message numerus="yes">
        <source>{run} has finished its %n update(s).</source>
        <translation>
            <numerusform>{run} hat sein %n Update beendet.</numerusform>
            <numerusform>{run} hat seine %n Updates beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>New total of updates:</source>
        <translation>Neue Gesamtzahl der Updates:</translation>
    </message>
    <message numerus="yes">
        <source>{run} has finished its %n search-aware update(s).</source>
        <translation>
            <numerusform>{run} hat sein %n suchbewusstes Update beendet.</numerusform>
            <numerusform>{run} hat seine %n suchbewussten Updates beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>New total of search-aware updates:</source>
        <translation>Neue Gesamtzahl der suchbewussten Updates:</translation>
    </message>
    <message numerus="yes">
        <source>{run} has finished its %n encoder update(s).</source>
        <translation>
            <numerusform>{run} hat sein %n Encoder-Update beendet.</numerusform>
            <numerusform>{run} hat seine %n Encoder-Updates beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>New total of encoder updates:</source>
        <translation>Neue Gesamtzahl der Encoder-Updates:</translation>
    </message>
    <message>
        <source>Train longer</source>
        <translation>Länger trainieren</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Rename the run first.</source>
        <translation>Den Lauf zuerst umbenennen.</translation>
    </message>
    <message>
        <source>Samples of the model</source>
        <translation>Beispiele des Modells</translation>
    </message>
    <message>
        <source>Samples: images that the model generates from random latents z.</source>
        <translation>Beispiele: Bilder, die das Modell aus zufälligen Latentvektoren z erzeugt.</translation>
    </message>
    <message>
        <source>Train longer…</source>
        <translation>Länger trainieren…</translation>
    </message>
    <message>
        <source>preparing pictures</source>
        <translation>Bilder werden vorbereitet</translation>
    </message>
    <message>
        <source>waiting for fill</source>
        <translation>wartet auf Füllung</translation>
    </message>
    <message>
        <source>saving before pausing</source>
        <translation>speichert vor der Pause</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>saving before stopping</source>
        <translation>speichert vor dem Ende</translation>
    </message>
    <message>
        <source>Training in progress</source>
        <translation>Laufendes Training</translation>
    </message>
    <message>
        <source>Training progress</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Sample {number}</source>
        <translation>Beispiel {number}</translation>
    </message>
    <message>
        <source>Pause the training and free the device, or resume it.</source>
        <translation>Das Training anhalten und das Gerät freigeben oder fortsetzen.</translation>
    </message>
    <message>
        <source>Show the training run in place of the photo.</source>
        <translation>Den Trainingslauf statt des Fotos zeigen.</translation>
    </message>
    <message>
        <source>A sample of the model as it is now, always of the same latent.</source>
        <translation>Ein Beispiel des Modells, wie es jetzt ist, immer aus demselben Latentvektor.</translation>
    </message>
    <message>
        <source>pictures {share}</source>
        <translation>Bilder {share}</translation>
    </message>
    <message>
        <source>{done} · {speed} · {left} left</source>
        <translation>{done} · {speed} · noch {left}</translation>
    </message>
    <message>
        <source>Compared runs</source>
        <translation>Verglichene Läufe</translation>
    </message>
    <message>
        <source>W: the critic&apos;s estimate of how far samples are from the pictures. Compare its course between runs, not its size.</source>
        <translation>W: wie weit der Kritiker Beispiele von den Bildern entfernt schätzt. Zwischen Läufen den Verlauf vergleichen, nicht die Größe.</translation>
    </message>
    <message>
        <source>Critic gap</source>
        <translation>Kritikerabstand</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>Updates of the generator.</source>
        <translation>Updates des Generators.</translation>
    </message>
    <message>
        <source>Search-aware</source>
        <translation>Suchbewusst</translation>
    </message>
    <message>
        <source>Updates of the critic in the search-aware stage.</source>
        <translation>Updates des Kritikers in der suchbewussten Stufe.</translation>
    </message>
    <message>
        <source>No training runs yet.</source>
        <translation>Noch keine Trainingsläufe.</translation>
    </message>
    <message>
        <source>Choose runs to compare.</source>
        <translation>Läufe zum Vergleichen wählen.</translation>
    </message>
    <message>
        <source>The chosen runs have no such numbers yet: they are measured with each sample grid.</source>
        <translation>Die gewählten Läufe haben noch keine solchen Werte: sie werden mit jedem Beispielraster gemessen.</translation>
    </message>
    <message>
        <source>The chosen runs have made no updates in this stage.</source>
        <translation>Die gewählten Läufe haben in dieser Stufe noch keine Updates gemacht.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Messwert</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>At most {count} runs at a time.</source>
        <translation>Höchstens {count} Läufe auf einmal.</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>neuester</translation>
    </message>
    <message>
        <source>at update {update}</source>
        <translation>bei Update {update}</translation>
    </message>
    <message>
        <source>Runs · {number}, {at}</source>
        <translation>Läufe · {number}, {at}</translation>
    </message>
    <message>
        <source>Draw {name}, in progress, in the plot.</source>
        <translation>{name}, im Gange, im Diagramm zeichnen.</translation>
    </message>
    <message>
        <source>Draw {name} in the plot.</source>
        <translation>{name} im Diagramm zeichnen.</translation>
    </message>
    <message>
        <source>Resume training</source>
        <translation>Training fortsetzen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Training of {name} was in progress when WganPaint closed. You can resume it where it was saved.</source>
        <translation>Beim Schließen von WganPaint wurde {name} trainiert. Das Training lässt sich fortsetzen, wo es gespeichert wurde.</translation>
    </message>
    <message>
        <source>W: the critic&apos;s estimate of the distance between your pictures and the samples, no unit; lower is better.</source>
        <translation>W: wie weit der Kritiker eigene Bilder und Beispiele auseinander schätzt, ohne Einheit; niedriger ist besser.</translation>
    </message>
    <message>
        <source>Critic gap: the critic&apos;s mean score of held-out pictures minus that of samples, no unit; above 0 it can guide a search.</source>
        <translation>Kritikerabstand: mittlere Bewertung der zurückgehaltenen Bilder durch den Kritiker minus die der Beispiele, ohne Einheit; über 0 kann er eine Suche leiten.</translation>
    </message>
    <message>
        <source>SWD: sliced Wasserstein distance between held-out pictures and samples, × 1000; lower is better.</source>
        <translation>SWD: Sliced-Wasserstein-Abstand zwischen zurückgehaltenen Bildern und Beispielen, × 1000; niedriger ist besser.</translation>
    </message>
    <message>
        <source>Loss: how far the encoder&apos;s guesses are from whole pictures and from the latents of samples, no unit; lower is better.</source>
        <translation>Verlust: wie weit die Vermutungen des Encoders von ganzen Bildern und den Latentvektoren der Beispiele entfernt sind, ohne Einheit; niedriger ist besser.</translation>
    </message>
    <message>
        <source>Save, and free the device until you resume.</source>
        <translation>Speichern und das Gerät bis zum Fortsetzen freigeben.</translation>
    </message>
    <message>
        <source>Use now</source>
        <translation>Jetzt verwenden</translation>
    </message>
    <message>
        <source>Use the model as it is now for fills; training continues.</source>
        <translation>Mit dem Modell füllen, wie es jetzt ist; das Training läuft weiter.</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>Beenden und speichern</translation>
    </message>
    <message>
        <source>End the run and keep it in the list of runs.</source>
        <translation>Den Lauf beenden und in der Liste behalten.</translation>
    </message>
    <message>
        <source>Stop and discard…</source>
        <translation>Beenden und verwerfen…</translation>
    </message>
    <message>
        <source>End the run and delete all of it.</source>
        <translation>Den Lauf beenden und ganz löschen.</translation>
    </message>
    <message>
        <source>New training…</source>
        <translation>Neues Training…</translation>
    </message>
    <message>
        <source>Choose pictures for another model.</source>
        <translation>Bilder für ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The first samples appear at update {number}.</source>
        <translation>Die ersten Beispiele erscheinen bei Update {number}.</translation>
    </message>
    <message>
        <source>Generator against critic: the generator learns to make images.</source>
        <translation>Generator gegen Kritiker: der Generator lernt, Bilder zu machen.</translation>
    </message>
    <message>
        <source>Only the critic learns, from the results of the critic-only search.</source>
        <translation>Nur der Kritiker lernt, aus den Ergebnissen der reinen Kritikersuche.</translation>
    </message>
    <message>
        <source>Only the encoder learns, to guess from the known pixels where a search begins.</source>
        <translation>Nur der Encoder lernt, aus den bekannten Pixeln zu vermuten, wo eine Suche beginnt.</translation>
    </message>
    <message>
        <source>W per update; bold: median of 101</source>
        <translation>W je Update; fett: Median von 101</translation>
    </message>
    <message>
        <source>Loss per update; bold: median of 101</source>
        <translation>Verlust je Update; fett: Median von 101</translation>
    </message>
    <message>
        <source>PSNR of first guesses, dB</source>
        <translation>PSNR erster Vermutungen, dB</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Preparing pictures</source>
        <translation>Bilder werden vorbereitet</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Update</translation>
    </message>
    <message>
        <source>Updates done: of the generator, in the later stages of the critic or the encoder.</source>
        <translation>Erledigte Updates: des Generators, in den späteren Stufen des Kritikers oder Encoders.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>0,000 images/s</source>
        <translation>0.000 Bilder/s</translation>
    </message>
    <message>
        <source>Training images processed per second.</source>
        <translation>Verarbeitete Trainingsbilder je Sekunde.</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Until the end of this stage, at the present speed.</source>
        <translation>Bis zum Ende dieser Stufe, beim jetzigen Tempo.</translation>
    </message>
    <message>
        <source>Fill PSNR</source>
        <translation>PSNR Füllung</translation>
    </message>
    <message>
        <source>PSNR of held-out images inside their holes: of critic-only fills or, in the encoder stage, of first guesses; higher is better.</source>
        <translation>PSNR zurückgehaltener Bilder in ihren Löchern: von reinen Kritikerfüllungen oder, in der Encoder-Stufe, von ersten Vermutungen; höher ist besser.</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>GPU-Speicher</translation>
    </message>
    <message>
        <source>Memory reserved on the GPU.</source>
        <translation>Auf der GPU belegter Speicher.</translation>
    </message>
    <message>
        <source>Here: the median over the last updates.</source>
        <translation>Hier: der Median über die letzten Updates.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Guess PSNR</source>
        <translation>PSNR Vermut.</translation>
    </message>
    <message>
        <source>At or below 0 it has memorised its training images.</source>
        <translation>Bei 0 oder darunter hat er seine Trainingsbilder auswendig gelernt.</translation>
    </message>
    <message>
        <source>PSNR in dB of the encoder&apos;s first guesses of held-out images, inside three holes each; higher is better. The best model is the one with the highest.</source>
        <translation>PSNR in dB der ersten Vermutungen des Encoders für zurückgehaltene Bilder, in je drei Löchern; höher ist besser. Das beste Modell ist das mit dem höchsten Wert.</translation>
    </message>
    <message>
        <source>PSNR of first guesses</source>
        <translation>PSNR erster Vermutungen</translation>
    </message>
    <message>
        <source>Measured with each sample grid</source>
        <translation>Mit jedem Beispielraster gemessen</translation>
    </message>
    <message>
        <source>Faint: every update. Bold: median over 101 updates. Dashed: zero.</source>
        <translation>Blass: jedes Update. Fett: Median über 101 Updates. Gestrichelt: null.</translation>
    </message>
    <message>
        <source>Faint: every update. Bold: median over 101 updates (Cooper, figure 2). Dashed: zero.</source>
        <translation>Blass: jedes Update. Fett: Median über 101 Updates (Cooper, Abbildung 2). Gestrichelt: null.</translation>
    </message>
    <message>
        <source>{name} per update</source>
        <translation>{name} je Update</translation>
    </message>
    <message>
        <source>{name} appears with the first update</source>
        <translation>{name} erscheint mit dem ersten Update</translation>
    </message>
    <message>
        <source>Drop a folder or zip here</source>
        <translation>Bilder hierher ziehen</translation>
    </message>
    <message>
        <source>The model learns to generate images like yours. A few thousand pictures of one kind of subject work best. They stay where they are and never leave this computer.</source>
        <translation>Das Modell lernt, Bilder wie die eigenen zu erzeugen. Am besten sind einige Tausend Bilder von Motiven einer Art. Sie bleiben, wo sie sind, und verlassen nie diesen Computer.</translation>
    </message>
    <message>
        <source>Choose a folder of pictures; subfolders are included.</source>
        <translation>Einen Ordner mit Bildern wählen; Unterordner zählen mit.</translation>
    </message>
    <message>
        <source>Choose a zip of pictures; it is read without unpacking.</source>
        <translation>Ein ZIP mit Bildern wählen; es wird gelesen, ohne es zu entpacken.</translation>
    </message>
    <message>
        <source>Scanning files</source>
        <translation>Dateien werden gesucht</translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation>Bilder werden geprüft</translation>
    </message>
    <message>
        <source>Your pictures, as the model will see them</source>
        <translation>Eigene Bilder, wie das Modell sie sehen wird</translation>
    </message>
    <message>
        <source>Choose another folder of pictures.</source>
        <translation>Einen anderen Bilderordner wählen.</translation>
    </message>
    <message>
        <source>Choose another zip of pictures.</source>
        <translation>Ein anderes ZIP mit Bildern wählen.</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Framing: what the model sees of each picture</source>
        <translation>Ausschnitt: was das Modell von jedem Bild sieht</translation>
    </message>
    <message>
        <source>Check finished</source>
        <translation>Prüfung fertig</translation>
    </message>
    <message numerus="yes">
        <source>{usable} of %n picture(s) can be used.</source>
        <translation>
            <numerusform>{usable} von %n Bild ist verwendbar.</numerusform>
            <numerusform>{usable} von %n Bildern sind verwendbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>These pictures cannot be used</source>
        <translation>Diese Bilder lassen sich nicht verwenden</translation>
    </message>
    <message>
        <source>All are used for training; none is held out for testing.</source>
        <translation>Alle werden zum Training verwendet; keines wird zum Testen zurückgehalten.</translation>
    </message>
    <message>
        <source>{trained} for training, {aside} held out for testing.</source>
        <translation>{trained} zum Training, {aside} zum Testen zurückgehalten.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>of the model</source>
        <translation>des Modells</translation>
    </message>
    <message>
        <source>Search-aware updates</source>
        <translation>Suchbewusste Updates</translation>
    </message>
    <message>
        <source>Encoder updates</source>
        <translation>Encoder-Updates</translation>
    </message>
    <message>
        <source>Augment pictures</source>
        <translation>Bilder augmentieren</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>Zufällige Gewichte</translation>
    </message>
    <message>
        <source>Train from scratch.</source>
        <translation>Von Grund auf trainieren.</translation>
    </message>
    <message>
        <source>More: batch size, samples, seed, licence</source>
        <translation>Mehr: Batch, Beispiele, Lizenz</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Updates per sample grid</source>
        <translation>Updates je Beispielraster</translation>
    </message>
    <message>
        <source>of the pictures</source>
        <translation>der Bilder</translation>
    </message>
    <message>
        <source>Resolution, pixels per side</source>
        <translation>Auflösung, Pixel je Seite</translation>
    </message>
    <message numerus="yes">
        <source>Recommended: the model may memorise %n picture(s).</source>
        <translation>
            <numerusform>Empfohlen: das Modell könnte %n Bild auswendig lernen.</numerusform>
            <numerusform>Empfohlen: das Modell könnte %n Bilder auswendig lernen.</numerusform>
        </translation>
    </message>
    <message>
        <source>For fewer than {count} pictures.</source>
        <translation>Für weniger als {count} Bilder.</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>Beenden und verwerfen</translation>
    </message>
    <message>
        <source>Training of {name} has finished.</source>
        <translation>Das Training von {name} ist fertig.</translation>
    </message>
    <message>
        <source>Show run</source>
        <translation>Lauf zeigen</translation>
    </message>
    <message>
        <source>Resume with batch size {fits}</source>
        <translation>Mit Batchgröße {fits} fortsetzen</translation>
    </message>
    <message>
        <source>Run {name} deleted.</source>
        <translation>Lauf {name} gelöscht.</translation>
    </message>
    <message>
        <source>Filling the mask…</source>
        <translation>Maske wird gefüllt…</translation>
    </message>
    <message>
        <source>Preparing the search…</source>
        <translation>Suche wird vorbereitet…</translation>
    </message>
    <message>
        <source>Finding the frame…</source>
        <translation>Rahmen wird gesucht…</translation>
    </message>
    <message>
        <source>Diagnostic report copied. It holds nothing of your photos but their names.</source>
        <translation>Diagnosebericht kopiert. Er enthält von den Fotos nur die Namen.</translation>
    </message>
    <message>
        <source>Pasted photo</source>
        <translation>Eingefügtes Foto</translation>
    </message>
    <message>
        <source>The model is loading</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Saving the training run…</source>
        <translation>Trainingslauf wird gespeichert…</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>Wird abgeschlossen…</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Photo and its size</source>
        <translation>Foto und seine Größe</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Cursor position in photo pixels</source>
        <translation>Zeigerposition in Fotopixeln</translation>
    </message>
    <message>
        <source>Current activity</source>
        <translation>Was gerade geschieht</translation>
    </message>
    <message>
        <source>Device that runs the search</source>
        <translation>Gerät, auf dem die Suche läuft</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>Fortschritt der Suche</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n thread(s)</source>
        <translation>
            <numerusform>CPU, %n Thread</numerusform>
            <numerusform>CPU, %n Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>{path} is no longer there.</source>
        <translation>{path} ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>Your work is not autosaved. {reason}</source>
        <translation>Die Arbeit wird nicht automatisch gesichert. {reason}</translation>
    </message>
</context>
</TS>
