import type { LanguageTerms } from "../category-terms.ts";

export const french: LanguageTerms = {
  invoice: {
    names:
      "facture; note d'honoraires; facture proforma; avoir; relevé de prestations; note de frais et honoraires; mémoire d'honoraires; décompte; état de frais",
    strong:
      "numéro de facture; facture n; n° de facture; facture no; date de facture; date d'émission; facturé à; facturation; date d'échéance; échéance; à régler; net à payer; reste à payer; montant dû; total ttc; total ht; montant ht; montant ttc; prix unitaire ht; hors taxes; tva; taux de tva; tva intracommunautaire; n° tva; siret; siren; rcs; règlement; à régler avant; payable; payable à réception; paiement à; par virement; virement bancaire; virement; sous # jours; à # jours; pénalités de retard; indemnité forfaitaire; frais de recouvrement; escompte; conditions de règlement; modalités de paiement; coordonnées bancaires; rib; acompte; honoraires; prestations; débours; tva non applicable; article 293",
    usual:
      "ht; ttc; total; sous total; désignation; quantité; qté; prix unitaire; montant; iban; bic; remise; taux; heures; client; référence; somme; forfait; main d'œuvre",
  },
  receipt: {
    names:
      "reçu; ticket de caisse; ticket; quittance; reçu de paiement; justificatif de paiement; ticket client; addition",
    strong:
      "caisse; caissier; caissière; vous avez été servi par; servi par; merci de votre visite; merci de votre achat; merci pour votre; au revoir et à bientôt; à bientôt; rendu; rendu monnaie; monnaie; espèces; carte bancaire; cb; sans contact; n° d'autorisation; autorisation; terminal; ticket à conserver; à conserver; conservez ce; échange; remboursement; reçu de; reçu la somme; la somme de; en règlement de; pour acquit; acquitté; payé par; payé en; table n; couverts; pourboire; points de fidélité; fidélité; magasin; nombre d'articles; montant reçu; dont tva",
    usual: "total; articles; tva; ttc; carte; heure; date; paiement; quantité; service; eur; qté",
  },
  purchase_order: {
    names: "bon de commande; commande; ordre d'achat; confirmation de commande; commande fournisseur",
    strong:
      "numéro de commande; commande n; n° de commande; date de commande; nous vous commandons; nous passons commande; veuillez livrer; veuillez nous livrer; merci de livrer; adresse de livraison; livrer à; livraison; date de livraison; livraison souhaitée; délai de livraison; fournisseur; acheteur; service achats; achats; selon votre devis; votre devis; votre offre; devis; accusé de réception de commande; accuser réception; confirmer; conditions de livraison; franco; franco de port; incoterm; adresse de facturation; référence article; réf article; bon de livraison; rappeler le numéro de commande; quantité commandée; emballage; palettes; réception des marchandises; bon pour accord; approuvé par; port",
    usual:
      "quantité; qté; prix unitaire; total ht; ht; désignation; référence; unité; pièces; marchandises; montant; cartons; transport; expédition",
  },
  contract: {
    names:
      "contrat; convention; bail; contrat de travail; contrat de prestation; contrat de vente; accord; accord de confidentialité; contrat de location; protocole d'accord; avenant; contrat de bail; contrat de prestation de services; acte; compromis de vente; conditions générales; contrat de prêt",
    strong:
      "entre les soussigné*; les soussignés; d'une part; d'autre part; ci après; ci après dénommé*; ci après désigné*; il a été convenu; il est convenu; convenu ce qui suit; arrêté et convenu; les parties; chaque partie; chacune des parties; l'autre partie; l'une des parties; des parties; objet du contrat; objet de la convention; durée; durée du contrat; entrée en vigueur; prend effet; prend fin; résiliation; résilier; résilié; préavis; mise en demeure; lettre recommandée; responsabilité; confidentialité; force majeure; droit applicable; loi applicable; droit français; tribunaux compétents; tribunal compétent; litige*; différend*; s'engage à; s'oblige; s'engagent; le prestataire; le client; le bailleur; le preneur; le locataire; le vendeur; l'acheteur; l'employeur; le salarié; le loueur; dépôt de garantie; loyer; redevance; reconduction; tacite reconduction; manquement; obligations; en deux exemplaires; fait en; fait à; lu et approuvé; signature des parties; présent contrat; présente convention; les présentes; propriété intellectuelle; clause; avenant; annexe*",
    usual:
      "article; obligation; exécution; prix; modalités; signature; écrit; accord; terme; délai; paiement; cession; garantie; parties",
  },
  letter: {
    names: "lettre; courrier; lettre de motivation; lettre recommandée",
    strong:
      "madame monsieur; madame; monsieur; cher monsieur; chère madame; chers; cher; chère; veuillez agréer; je vous prie d'agréer; nous vous prions d'agréer; l'expression de; mes salutations; nos salutations; salutations distinguées; sentiments distingués; mes sentiments; cordialement; bien à vous; sincères salutations; objet; votre courrier du; votre lettre du; suite à votre; je me permets; je vous remercie; nous vous remercions; je vous écris; j'ai l'honneur; j'ai le plaisir; nous avons le plaisir; dans l'attente; je reste à votre disposition; restons à votre disposition; je regrette; je suis désolé*; ci joint; vous trouverez; pièces jointes; veuillez trouver; je souhaite; je vous propose; n'hésitez pas",
    usual: "je; j; me; mon; ma; mes; vous; votre; vos; nous; notre; merci; regret; espère; prie; plaisir",
  },
  resume: {
    names: "curriculum vitae; cv; parcours professionnel",
    strong:
      "expérience professionnelle; expériences professionnelles; expériences; parcours; formation; formations; diplômes; compétences; compétences informatiques; langues; langue maternelle; courant; bilingue; lu écrit parlé; notions; centres d'intérêt; loisirs; né le; née le; nationalité; permis b; permis de conduire; célibataire; marié*; licence; master; baccalauréat; bac; bts; dut; doctorat; ingénieur; stage; stagiaire; à ce jour; aujourd'hui; depuis; profil; bénévolat; références; logiciels; mention bien; mention; atouts; informatique; projets; cdi; cdd; alternance",
    usual:
      "université; école; lycée; responsable; chargé*; gestion; équipe; assistant*; développement; anglais; espagnol; allemand; français; société; chef; encadrement; conseil",
  },
  report: {
    names:
      "rapport; rapport annuel; rapport d'activité; rapport d'étude; rapport final; bilan; étude; compte de résultat; rapport de synthèse; rapport trimestriel; évaluation; enquête; diagnostic",
    strong:
      "synthèse; résumé exécutif; principaux résultats; constats; principaux constats; recommandations; nous recommandons; conclusions; conclusion; méthodologie; contexte; périmètre; sommaire; annexes; par rapport à; par rapport à l'année précédente; l'année précédente; en hausse; en baisse; a augmenté; a diminué; pour cent; hausse; baisse; progression; recul; enquête; personnes interrogées; répondants; commandé par; présent rapport; ce rapport; cette étude; figure #; tableau #; graphique; exercice; chiffres clés; perspectives; indicateurs; évolution; moyenne; bilan",
    usual:
      "analyse; données; résultats; total; part; taux; croissance; année; trimestre; source; nombre; objectif*; activité; secteur; région; mesures; variation",
  },
  research_paper: {
    names: "article de recherche; article scientifique; mémoire; thèse; résumé; communication",
    strong:
      "résumé; mots clés; abstract; introduction; méthodes; méthode; matériel et méthodes; matériels et méthodes; résultats; discussion; conclusion; remerciements; bibliographie; références; références bibliographiques; et al; nous proposons; nous montrons; nous présentons; nous avons mesuré; cet article; dans cet article; hypothèse*; échantillon*; significatif*; significative*; écart type; régression; variance; corrélation; coefficient; modèle; expérience*; participants; travaux antérieurs; littérature; état de l'art; théorème; équation; revue; vol; pp; doi; laboratoire; cnrs; observations; mesures",
    usual:
      "université; institut; faculté; étude; données; analyse; figure; tableau; distribution; paramètre*; méthode; mesure*; effet; estimé*",
  },
  manual: {
    names:
      "manuel; mode d'emploi; notice; notice d'utilisation; manuel d'utilisation; guide d'utilisation; guide de l'utilisateur; notice de montage; manuel d'installation; guide de démarrage; notice technique; instructions d'utilisation; notice d'emploi",
    strong:
      "avertissement; attention; danger; consignes de sécurité; sécurité; avant la première utilisation; première utilisation; avant utilisation; mise en service; mise en marche; lisez; lire attentivement; conservez; entretien; nettoyage; nettoyez; dépannage; en cas de panne; panne; cause; remède; solution; code d'erreur; caractéristiques techniques; appuyez; appuyer sur; bouton; touche; maintenez; tournez; branchez; débranchez; brancher; prise; alimentation; cordon; l'appareil; allumez; éteignez; voyant; clignote; s'allume; affiche; affichage; écran; retirez; insérez; placez; ouvrez; fermez; vérifiez; assurez vous; veillez à; remplissez; posez; ne jamais; ne pas; réglage; régler; vis; garantie; service après vente; pièces détachées; contenu de l'emballage; mise au rebut; installation; montage; électricien; cliquez; sélectionnez; menu; configuration",
    usual:
      "appareil; eau; réservoir; filtre; batterie; piles; température; minutes; secondes; étape; figure; tension; câble; logiciel; programme; enfants; couvercle; pompe; utiliser; utilisation",
  },
  form: {
    names:
      "formulaire; demande; fiche d'inscription; bulletin d'inscription; formulaire de demande; questionnaire; demande de; inscription; bulletin d'adhésion; déclaration; fiche de renseignements; attestation",
    strong:
      "à remplir; remplir en majuscules; en majuscules; en lettres capitales; lettres capitales; cochez; cocher; cochez la case; cocher la case; case*; champs obligatoires; obligatoire*; rayer la mention inutile; mentions inutiles; nom; prénom; nom de naissance; date de naissance; lieu de naissance; né le; adresse; code postal; ville; téléphone; nationalité; situation familiale; profession; je soussigné*; je certifie; je déclare; sur l'honneur; certifie exact*; j'autorise; j'accepte; je souhaite; lu et approuvé; signature; signature du demandeur; fait à; cadre réservé; réservé à l'administration; ne rien inscrire; demandeur; pièces à joindre; pièces justificatives; à retourner; à renvoyer; oui non; si oui; précisez; représentant légal; personne à prévenir; partie 1; numéro de sécurité sociale",
    usual: "date; courriel; email; oui; non; sexe; mme; portable; numéro; renseignements; motif; le",
  },
  bank_statement: {
    names:
      "relevé de compte; relevé bancaire; extrait de compte; relevé d'opérations; relevé; relevé de carte; compte courant",
    strong:
      "ancien solde; nouveau solde; solde; solde précédent; solde initial; solde final; solde créditeur; solde débiteur; report; à reporter; débit; crédit; date de valeur; date d'opération; opérations; libellé; opération; virement; virement reçu; virement de; virement à; prélèvement; retrait; retrait dab; distributeur; paiement par carte; carte bancaire; chèque; chèque n; salaire; loyer; frais bancaires; cotisation carte; agios; découvert; découvert autorisé; titulaire du compte; titulaire; numéro de compte; iban; bic; rib; code guichet; agence; total des débits; total des crédits; total des opérations; garantie des dépôts; compte chèques; compte courant; livret; intérêts; extrait n",
    usual: "date; valeur; montant; compte; période; page; total; banque; eur; électricité; assurance",
  },
  meeting_minutes: {
    names:
      "compte rendu; procès verbal; compte rendu de réunion; procès verbal de réunion; pv; relevé de décisions; procès verbal de l'assemblée générale; réunion; assemblée générale; conseil municipal",
    strong:
      "étaient présents; présents; présentes; excusés; absents; absents excusés; pouvoir; pouvoirs; ordre du jour; président de séance; secrétaire de séance; secrétaire; quorum; la séance est ouverte; séance; ouverture de la séance; ouvre la séance; lève la séance; séance levée; la séance est levée; clôture; approbation du procès verbal; procès verbal de la réunion; précédente réunion; dernière réunion; à l'unanimité; unanimité; abstention*; voix; vote; voté*; adopté*; délibération; décisions prises; décisions; décidé; il est décidé; résolution*; questions diverses; prochaine réunion; date de la prochaine; tour de table; points abordés; actions; responsable; échéance; rappelle que; informe; propose; précise; remercie; demande si; membres; bureau; conseil; comité; trésorier*; présidente",
    usual: "h; point; points; rapport; discussion; débat; salle; suivi; qui; quand; ordre",
  },
  press_release: {
    names: "communiqué de presse; communiqué; dossier de presse; information presse",
    strong:
      "pour diffusion immédiate; diffusion immédiate; sous embargo; embargo; contact presse; contacts presse; service de presse; relations presse; annonce; annonce aujourd'hui; a annoncé; annonçait; dévoile; inaugure; inauguration; lance; lancement; ouvre; ouvrira; déclare; a déclaré; explique; souligne; se réjouit; se félicite; ajoute; confie; a ajouté; selon; à propos; à propos de; directeur général; directrice générale; présidente; pdg; fondateur; fondatrice; porte parole; fondée en; créée en; visuels; photos disponibles; sur demande; libres de droits; note aux rédactions; pour en savoir plus; ouvre ses portes; accueillera; première fois",
    usual:
      "nouveau; nouvelle; aujourd'hui; projet; millions; public; événement; partenaire*; partenariat; région; ville; visiteurs; prix; entreprise; presse",
  },
  policy: {
    names:
      "politique; charte; règlement intérieur; règlement; code de conduite; procédure; politique de confidentialité; note de service; directive; code éthique; charte informatique; charte de télétravail; consignes",
    strong:
      "la présente politique; présente charte; présent règlement; objet; champ d'application; s'applique à; s'applique à tous; salariés; collaborateurs; collaboratrices; le personnel; tout salarié; employés; agents; doivent; doit; il est interdit; interdit*; est interdite; ne doivent pas; ne peut; n'est pas autorisé*; autorisation préalable; supérieur hiérarchique; responsable hiérarchique; hiérarchie; principes; responsabilités; rôles et responsabilités; obligations; manquement*; non respect; sanction*; sanctions disciplinaires; disciplinaire*; licenciement; entrée en vigueur; en vigueur; approuvé par; révision; version; prochaine révision; mise à jour; définitions; exceptions; signaler; signalement; direction des ressources humaines; ressources humaines; drh; données personnelles; rgpd; conformité; confidentialité; télétravail; cadeaux; formation",
    usual:
      "règles; entreprise; télétravail; sécurité; santé; travail; équipement; frais; remboursé*; demande; délai; droits; informations; accès",
  },
  presentation: {
    names: "présentation; diaporama; support de présentation; diapositives",
    strong:
      "ordre du jour; sommaire; merci; merci de votre attention; merci pour votre attention; questions; des questions; vos questions; prochaines étapes; notre équipe; notre mission; notre vision; objectifs; enjeux; constats; le problème; la solution; points clés; à retenir; feuille de route; calendrier; perspectives; en bref; chiffres clés; conclusion; contexte; bilan",
    usual:
      "croissance; marché; clients; équipe; stratégie; résultats; ventes; plan; t1; t2; t3; t4; projet; partenaires; lancement",
  },
  brochure: {
    names: "brochure; dépliant; prospectus; plaquette; catalogue; programme; carte; tarifs; guide; guide pratique",
    strong:
      "réservez; réservez dès maintenant; réservation; inscrivez vous; découvrez; venez découvrir; venez; profitez; savourez; visitez; rendez nous visite; appelez nous; contactez nous; horaires; horaires d'ouverture; ouvert tous les jours; ouvert; entrée libre; entrée gratuite; gratuit; accès; comment venir; bienvenue; nos services; nos offres; nos ateliers; offre valable; offre spéciale; réduction; tarif réduit; bon cadeau; chèque cadeau; par personne; par nuit; à partir de; dès #; pour tous; toute la famille; en famille; enfants; adultes; pourquoi; visite guidée; visites guidées; savoir faire; inoubliable; authentique; fait maison; laissez vous; n'attendez plus; toute l'année",
    usual:
      "vacances; week end; ateliers; détente; nature; hôtel; musée; jardin; groupes; samedi; dimanche; lundi; prix; famille; séjour; frais; artisan*; gourmand*; charme",
  },
  legal_filing: {
    names:
      "assignation; requête; conclusions; jugement; arrêt; plainte; ordonnance; mémoire; déclaration d'appel; citation; acte d'huissier; mise en demeure; recours",
    strong:
      "tribunal judiciaire; tribunal de grande instance; tribunal de commerce; tribunal administratif; cour d'appel; cour de cassation; conseil de prud'hommes; tribunal d'instance; n° rg; rg; répertoire général; le demandeur; la demanderesse; demandeur; demanderesse; le défendeur; défenderesse; défendeur; requérant*; ayant pour avocat; avocat; avocat au barreau; barreau de; maître; plaise au tribunal; par ces motifs; attendu que; considérant que; vu les articles; vu l'article; code civil; code de procédure civile; article 700; aux dépens; dépens; condamner; condamne; débouter; déboute; dommages et intérêts; préjudice; exécution provisoire; assignation; a l'honneur; exposé des faits; faits et procédure; rappel des faits; discussion; en droit; en fait; huissier; commissaire de justice; audience; au nom du peuple français; intérêts au taux légal; pièce n; bordereau de pièces; sous toutes réserves; greffe; juge",
    usual:
      "tribunal; cour; contre; partie; somme; procédure; droit; acte; demande; justice; recevable; représenté*; domicilié",
  },
  medical_report: {
    names:
      "compte rendu d'hospitalisation; compte rendu médical; lettre de sortie; rapport médical; compte rendu opératoire; compte rendu d'examen; bilan biologique; résultats d'analyses; certificat médical; compte rendu de consultation",
    strong:
      "patient; patiente; diagnostic; antécédents; motif d'hospitalisation; motif de consultation; hospitalisé*; hospitalisation; admission; admis*; sortie; date de sortie; examen clinique; à l'examen; examens complémentaires; histoire de la maladie; évolution; traitement; traitement de sortie; ordonnance; comprimé*; posologie; par jour; matin et soir; tension artérielle; pouls; température; saturation; fréquence cardiaque; radiographie; échographie; scanner; irm; ecg; biologie; hémoglobine; leucocytes; créatinine; glycémie; crp; valeurs de référence; normales; médecin traitant; confrère; consœur; service de; chef de service; centre hospitalier; chu; hôpital; clinique; consultation; suivi; contrôle; allergies; douleur*; fracture; pneumopathie; hypertension; diabète; chirurgie; opération; anesthésie; lésion; aigu*; chronique; né le; née le; conclusion; indication; technique",
    usual:
      "docteur; dr; mg; sang; cœur; gauche; droit; droite; genou; poumon; sans particularité; rééducation; kinésithérapie; soins; examen; ans",
  },
};
